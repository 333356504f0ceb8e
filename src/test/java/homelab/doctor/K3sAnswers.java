package homelab.doctor;

import homelab.probe.Probe;

/** What hosts answer of k3s, as facts read it. */
public final class K3sAnswers {
    private K3sAnswers() {}

    /** A server whose API is ready. @param datastore "etcd", "sqlite" or empty */
    public static Houses server(Houses houses, String node, String datastore) {
        return facts(houses, node, "k3s", datastore, "ok");
    }

    /** A server whose API does not answer. */
    public static Houses silentServer(Houses houses, String node, String datastore) {
        return facts(houses, node, "k3s", datastore, "");
    }

    private static Houses facts(Houses houses, String node, String unit, String datastore, String ready) {
        String k3s = section("binary", "")
                + section("version", "k3s version v1.33.4+k3s1 (0)")
                + section("config", "yes")
                + section("ca", "")
                + section("token", "")
                + section("datastore", datastore)
                + section("flannel", "FLANNEL_SUBNET=10.42.0.1/24")
                + section("images", "")
                + section("settings", "")
                + section("drop-ins", "")
                + section("password", "yes")
                + section("ready", ready);
        String units = section("units", "Id=" + unit + ".service\nLoadState=loaded\nActiveState=active\n\nasked")
                + section("synced", "yes");
        return houses.answers(node, Probe.text("facts:k3s", ""), k3s)
                .answers(node, Probe.text("facts:units", ""), units);
    }

    private static String section(String name, String text) {
        return "\n@@homelab " + name + "\n" + text + "\n";
    }
}
