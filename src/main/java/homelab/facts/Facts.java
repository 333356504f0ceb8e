package homelab.facts;

import homelab.probe.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one host is, at one moment. Immutable; never written back into the inventory. A part that could not be read is
 * Unknown with its reason, and no decision may take that for a value.
 *
 * @param arch as {@code uname -m} says: x86_64, aarch64, armv7l
 * @param userland as {@code dpkg --print-architecture} says: amd64, arm64, armhf (a 64-bit kernel may carry armhf)
 * @param model the board's name from the device tree or DMI; empty when there is none
 * @param memoryBytes total memory
 * @param init "systemd", or the name of the program that is process 1
 * @param cgroupControllers those in effect ("memory", "cpu", "pids" ...)
 * @param cmdline the running kernel's command line
 * @param cmdlineFile the boot loader's file that the next command line comes from
 *     ("/boot/firmware/cmdline.txt"); empty when there is none that we know how to edit
 * @param modules names of modules loaded or built in, with underscores
 * @param swap devices and files in use as swap
 * @param clock the host's time minus ours, corrected for half the round trip, in milliseconds
 * @param nics without the loopback and the pods' ends (veth*)
 * @param otherRuntimes container runtimes and Kubernetes distributions other than k3s: "docker", "containerd",
 *     "kubeadm", "microk8s", "k0s", "rke2", "minikube"
 * @param packagesLocked whether apt or dpkg is at work right now
 * @param initiator the name by which the host logs in to iSCSI targets; empty when it has none yet
 * @param cgroupVersion 1 (also where 2 is mounted beside it) or 2
 * @param drivers the kernel's modules that homelab may want
 * @param iptables its version ("1.8.9"); empty when it is not installed
 * @param newest the latest moment that the host itself wrote down: its clock cannot be before that
 * @param container whether the host is a container, which has its machine's kernel and clock
 * @param packagesInterrupted whether dpkg was stopped in the middle and wants {@code dpkg --configure -a}
 */
public record Facts(
        Reading<String> hostname,
        Reading<String> machineId,
        Reading<String> bootId,
        Reading<Os> os,
        Reading<String> init,
        Reading<String> kernel,
        Reading<String> arch,
        Reading<String> userland,
        Reading<String> model,
        Reading<Integer> cpus,
        Reading<Long> memoryBytes,
        Reading<List<Disk>> disks,
        Reading<Set<String>> cgroupControllers,
        Reading<String> cmdline,
        Reading<String> cmdlineFile,
        Reading<Set<String>> modules,
        Reading<List<String>> swap,
        Reading<Time> time,
        Reading<Long> clock,
        Reading<List<Nic>> nics,
        Reading<Firewall> firewall,
        Reading<Dns> dns,
        Reading<K3sState> k3s,
        Reading<List<String>> otherRuntimes,
        Reading<Boolean> packagesLocked,
        Reading<Boolean> packagesInterrupted,
        Reading<List<Listener>> listeners,
        Reading<Mounts> mounts,
        Reading<String> initiator,
        Reading<Integer> cgroupVersion,
        Reading<Drivers> drivers,
        Reading<String> iptables,
        Reading<Instant> newest,
        Reading<Boolean> container) {

    /**
     * @param id "debian", "ubuntu", "raspbian"
     * @param version "12", "24.04" (VERSION_ID); empty on a rolling release
     * @param pretty for people
     */
    public record Os(String id, String version, String pretty) {}

    /**
     * The file system under a path.
     *
     * @param medium "nvme", "ssd", "hdd", "sd-card", "emmc", "usb", "virtual", "overlay", "memory" or "unknown"
     * @param freeInodes how many files more it can hold; as many as one likes where the file system has no such limit
     */
    public record Disk(
            String path,
            String device,
            String type,
            String medium,
            long sizeBytes,
            long freeBytes,
            long freeInodes,
            boolean writable) {}

    /**
     * @param there whether the running kernel's modules are on the disk; an update of the kernel may have taken them
     * @param lacking which of those that homelab may want are neither loaded, nor built in, nor there to be loaded
     */
    public record Drivers(boolean there, Set<String> lacking) {
        public Drivers {
            lacking = Set.copyOf(lacking);
        }
    }

    /**
     * @param shared whether a mount below / made by the host is seen in containers, and the other way round
     * @param network those of NFS
     */
    public record Mounts(boolean shared, List<NetworkMount> network) {
        public Mounts {
            network = List.copyOf(network);
        }
    }

    /**
     * A folder of an NFS server.
     *
     * @param source "host:/path"
     * @param hard whether a program that touches it waits for ever when the server does not answer
     */
    public record NetworkMount(String source, String path, boolean hard) {}

    /** @param synced whether the clock is kept by a time service that has a source */
    public record Time(boolean synced, String service, Instant at) {}

    /**
     * @param addresses in CIDR form as {@code ip addr} prints them
     * @param leased those of them that are held for a time only, from DHCP or a router's advertisement
     * @param mtu the largest packet, in bytes
     */
    public record Nic(
            String name,
            String mac,
            boolean up,
            List<String> addresses,
            List<String> leased,
            boolean defaultRoute,
            int mtu,
            boolean wireless) {}

    /** @param kind "ufw", "firewalld", "nftables", "iptables", "none" */
    public record Firewall(String kind, boolean active) {}

    public record Dns(List<String> servers, List<String> search) {}

    /** A listening TCP socket. @param process the program's name, empty when it cannot be seen */
    public record Listener(String address, int port, String process) {}
}
