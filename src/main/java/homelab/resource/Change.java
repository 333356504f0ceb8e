package homelab.resource;

/**
 * One difference, as shown to people: {@code /etc/hostname: raspberrypi -> jarvis}. Never holds a secret.
 *
 * @param what what differs
 * @param before what is; "absent" when there is nothing
 * @param after what will be
 */
public record Change(String what, String before, String after) {}
