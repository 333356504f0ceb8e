package homelab.model;

import java.math.BigInteger;

/** A network: an address and how many of its leading bits count. */
public record Cidr(Ip base, int bits) {

    public Cidr {
        int width = base.address().getAddress().length * 8;
        if (bits < 0 || bits > width) {
            throw new IllegalArgumentException("a prefix length is 0 to " + width + ", not " + bits);
        }
        if (!masked(base, bits).equals(masked(base, width))) {
            throw new IllegalArgumentException(base + "/" + bits + " has bits set behind the prefix");
        }
    }

    /** @throws IllegalArgumentException when the text is not {@code address/bits} */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.1.0/24");
        }
        return new Cidr(Ip.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /**
     * The network of that size which holds the address.
     *
     * @throws IllegalArgumentException when no address of its family has so many bits
     */
    public static Cidr around(Ip ip, int bits) {
        byte[] raw = ip.address().getAddress();
        for (int bit = Math.max(bits, 0); bit < raw.length * 8; bit++) {
            raw[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Cidr(Ip.of(raw), bits);
    }

    public boolean contains(Ip ip) {
        return ip.isV6() == base.isV6() && masked(ip, bits).equals(masked(base, bits));
    }

    /** The address after the network's own. */
    public Ip first() {
        return nth(1);
    }

    /** The network's own is number 0. @param number less than 256 */
    public Ip nth(int number) {
        byte[] raw = base.address().getAddress();
        raw[raw.length - 1] |= (byte) number;
        return Ip.of(raw);
    }

    public boolean overlaps(Cidr other) {
        return contains(other.base) || other.contains(base);
    }

    private static BigInteger masked(Ip ip, int bits) {
        byte[] raw = ip.address().getAddress();
        return new BigInteger(1, raw).shiftRight(raw.length * 8 - bits).shiftLeft(raw.length * 8 - bits);
    }

    @Override
    public String toString() {
        return base + "/" + bits;
    }
}
