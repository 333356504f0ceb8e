package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.util.EnumMap;
import java.util.Map;
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
    private final Map<HttpClient.Redirect, HttpClient> clients = new EnumMap<>(HttpClient.Redirect.class);

    Http(Patience patience) {
        this.patience = patience;
    }

    /** Made when something is fetched: it reads every certificate authority, and most runs fetch nothing. */
    private synchronized HttpClient client(HttpClient.Redirect redirect) {
        return clients.computeIfAbsent(
                redirect,
                key -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(redirect)
                        .proxy(new Proxies(System.getenv()))
                        .connectTimeout(patience.connect())
                        .build());
    }

    /** Release pages answer with the address of a storage; the JDK would take what lets us in along to it. */
    private HttpClient client(Source source) {
        return client(source.authorization().isPresent() ? HttpClient.Redirect.NEVER : HttpClient.Redirect.NORMAL);
    }

    private static HttpRequest.Builder request(Source source) {
        HttpRequest.Builder request = HttpRequest.newBuilder(source.uri());
        source.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /**
     * A short answer as text, whatever its status.
     *
     * @throws IOException when none comes
     */
    HttpResponse<String> ask(Source source, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(source).timeout(patience.stall());
        headers.forEach(request::header);
        for (int attempt = 1; ; attempt++) {
            try {
                return client(source).send(request.build(), BodyHandlers.ofString());
            } catch (IOException e) {
                if (attempt >= patience.barrenAttempts()) {
                    throw e;
                }
                pause();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /**
     * Appends the rest of the file to the channel if the server can, else writes it from its start.
     *
     * @return the status; the body went into the channel for 200 and 206 and nowhere else
     * @throws FileSink.StoreFault when the disk is at fault, another IOException when the network is
     */
    int into(Source source, FileChannel channel, Progress progress) throws IOException {
        long have = channel.size();
        HttpRequest.Builder request = request(source);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        FileSink sink = new FileSink(channel);
        HttpResponse.BodyHandler<Long> handler = answer -> switch (answer.statusCode()) {
            case 200 -> sink.from(0, answer.headers());
            case 206 -> sink.from(have, answer.headers());
            default -> BodySubscribers.replacing(0L);
        };
        CompletableFuture<HttpResponse<Long>> going = client(source).sendAsync(request.build(), handler);
        try {
            HttpResponse<Long> answer = await(going, sink, progress);
            Optional<URI> elsewhere = answer.headers().firstValue("Location").map(source.uri()::resolve);
            boolean sentOn = answer.statusCode() / 100 == 3 && elsewhere.isPresent();
            return sentOn ? into(Source.open(elsewhere.get()), channel, progress) : answer.statusCode();
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
