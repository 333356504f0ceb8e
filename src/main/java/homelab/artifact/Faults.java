package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** What can go wrong with a download, told to people. */
final class Faults {
    private static final String MIRROR = "k3s.releases in the inventory may name another mirror";

    private Faults() {}

    static Failure down(URI uri, IOException e) {
        String fix = "check this machine's network and proxy, then run again; " + MIRROR;
        return new Failure(Exit.FAILED, Problem.of(cannot(uri), uri.getHost() + ": " + words(e), fix), e);
    }

    /** A registry of charts, which the inventory names. */
    static Failure away(URI uri, IOException e) {
        String fix = "check this machine's network and proxy and the chart's address in the inventory, then run again";
        return new Failure(Exit.FAILED, Problem.of(cannot(uri), uri.getHost() + ": " + words(e), fix), e);
    }

    static Failure cut(URI uri, long bytes, IOException e) {
        String why = "the connection was cut after " + size(bytes) + ", again and again: " + words(e);
        String fix = "run again: the download goes on where it stopped; " + MIRROR;
        return new Failure(Exit.FAILED, Problem.of(cannot(uri), why, fix), e);
    }

    static Failure stalled(URI uri, long bytes, Duration stall) {
        String why = uri.getHost() + " sent nothing for " + stall.toSeconds() + " s (" + size(bytes) + " are here)";
        String fix = "run again: the download goes on where it stopped; " + MIRROR;
        return new Failure(Exit.FAILED, Problem.of(cannot(uri), why, fix));
    }

    static Failure refused(URI uri, int status) {
        String why = status == 404 ? "there is no such file (HTTP 404)" : "the server answered HTTP " + status;
        String fix = status == 404
                ? "check the version and where it is had in the inventory (k3s.version and k3s.releases, or those of the add-on)"
                : "try later; " + MIRROR;
        return new Failure(status == 404 ? Exit.USAGE : Exit.FAILED, Problem.of(cannot(uri), why, fix));
    }

    static Failure unlisted(URI sums, String file) {
        String why = "it has no line for " + file;
        String fix = "check k3s.version and k3s.releases in the inventory: a mirror must carry the release's own sums";
        return new Failure(Exit.FAILED, Problem.of("no checksum for " + file + " in " + sums, why, fix));
    }

    static Failure unpinned(Path lock, String version, String file) {
        String why = file + " of " + version + " is not in " + lock + ", and looking it up needs the network";
        String fix = "run once without --offline";
        return new Failure(Exit.BLIND, Problem.of("the release is not pinned", why, fix));
    }

    static Failure corrupt(URI uri, String wanted, String got) {
        String why = "its SHA-256 is " + got + ", and " + wanted + " was wanted";
        String fix = "do not use it: the mirror changed the file or a proxy damages it. If the release was really"
                + " made anew, remove its lines from the lock file beside the inventory";
        return new Failure(Exit.FAILED, Problem.of(cannot(uri), why, fix));
    }

    static Failure store(Path file, IOException e) {
        boolean full = words(e).contains("No space left");
        String what = full ? "the disk of this machine is full" : "cannot write the cache";
        String fix = full
                ? "make room, or set XDG_CACHE_HOME to a folder on another disk"
                : "set XDG_CACHE_HOME to a folder that you may write";
        return new Failure(Exit.FAILED, Problem.of(what, file + ": " + words(e), fix), e);
    }

    /** Java's messages of these are the bare path or nothing at all. */
    static String words(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        } else if (e instanceof FileAlreadyExistsException) {
            return "something that is no folder is in the way";
        } else if (e instanceof HttpConnectTimeoutException) {
            return "no answer";
        } else if (e instanceof ConnectException) {
            return unresolved(e) ? "the name cannot be resolved" : "connection refused";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason(); // the message names both files
        }
        String said = e.getMessage();
        return said == null ? e.getClass().getSimpleName() : said;
    }

    private static boolean unresolved(Throwable e) {
        Throwable cause = e.getCause();
        return cause != null && (cause instanceof UnresolvedAddressException || unresolved(cause));
    }

    private static String cannot(URI uri) {
        return "cannot download " + uri;
    }

    private static String size(long bytes) {
        return bytes < 1 << 20 ? bytes + " bytes" : (bytes >> 20) + " MiB";
    }
}
