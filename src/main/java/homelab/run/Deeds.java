package homelab.run;

import homelab.host.Host;
import homelab.resource.Deed;

/** The deeds that are not done by a script on a host; wired to the rooms that can. */
public interface Deeds {

    /** Sets labels and taints through the API of the server that is given. */
    void patch(Host leader, Deed.PatchNode deed);

    /**
     * Has the host keep what it would go back to, makes the change, and confirms it over a new connection.
     *
     * @throws homelab.problem.Failure when it is not confirmed, and then it is taken back
     */
    void untilConfirmed(Host host, Runnable change);

    /** Whom pods are evicted through: the API of the server that is given, until it is closed. */
    Evictor evictor(Host leader);

    /** Merges the admin kubeconfig of the server into the user's file. */
    void merge(Host server, Deed.MergeKubeconfig deed);

    /** Takes a context out of the user's file. */
    void drop(Deed.DropContext deed);

    /** Brings the release file into the cache here. {@code sent} of the progress counts bytes received. */
    void fetch(Deed.Fetch deed, Host.Progress progress);
}
