package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt at one file, watched for stalls: the JDK's own time-out ends with the headers. */
final class Http {
    /** The connection is open and nothing comes. */
    static final class Stalled extends IOException {
        private static final long serialVersionUID = 1;

        Stalled() {
            super("nothing came any more");
        }
    }

    private final Patience patience;
    private Optional<HttpClient> client = Optional.empty();

    Http(Patience patience) {
        this.patience = patience;
    }

    /** Made when something is fetched: it reads every certificate authority, and most runs fetch nothing. */
    private synchronized HttpClient client() {
        HttpClient made = client.orElseGet(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL) // release pages answer with the address of a storage
                .connectTimeout(patience.connect())
                .build());
        client = Optional.of(made);
        return made;
    }

    /**
     * Appends the rest of the file to the channel if the server can, else writes it from its start.
     *
     * @return the status; the body went into the channel for 200 and 206 and nowhere else
     * @throws FileSink.StoreFault when the disk is at fault, another IOException when the network is
     */
    int into(URI uri, FileChannel channel, Progress progress) throws IOException {
        long have = channel.size();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        FileSink sink = new FileSink(channel);
        HttpResponse.BodyHandler<Long> handler = answer -> switch (answer.statusCode()) {
            case 200 -> sink.from(0, answer.headers());
            case 206 -> sink.from(have, answer.headers());
            default -> BodySubscribers.replacing(0L);
        };
        CompletableFuture<HttpResponse<Long>> going = client().sendAsync(request.build(), handler);
        try {
            return await(going, sink, progress).statusCode();
        } finally {
            going.cancel(true); // whoever is told of the progress may break it off
        }
    }

    private <T> T await(CompletableFuture<T> going, FileSink sink, Progress progress) throws IOException {
        while (true) {
            try {
                return going.get(Math.min(200, patience.stall().toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.at(sink.bytes(), sink.total());
                if (sink.idle().compareTo(patience.stall()) > 0) {
                    throw new Stalled();
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure(Exit.INTERRUPTED, Problem.of("download stopped", "interrupted", "run again"), e);
    }

    void pause() {
        try {
            Thread.sleep(patience.pause().toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }
}
