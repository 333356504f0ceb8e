package homelab.artifact;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes a body to a file as it comes, and knows when the last byte came. */
final class FileSink implements BodySubscriber<Long> {
    /** The file could not be written: no fault of the network, and no reason to try again. */
    static final class StoreFault extends IOException {
        private static final long serialVersionUID = 1;

        StoreFault(IOException cause) {
            super(cause);
        }

        IOException disk() {
            return getCause() instanceof IOException io ? io : this;
        }
    }

    private record Unsubscribed() implements Flow.Subscription {
        @Override
        public void request(long more) {}

        @Override
        public void cancel() {}
    }

    private final FileChannel channel;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile Flow.Subscription source = new Unsubscribed();
    private volatile long lastByte = System.nanoTime();
    private volatile long bytes;
    private volatile long total = -1;

    FileSink(FileChannel channel) {
        this.channel = channel;
    }

    /** @param offset where in the file the body begins; what lies behind it is dropped */
    FileSink from(long offset, HttpHeaders headers) {
        long length = headers.firstValueAsLong("Content-Length").orElse(-1);
        total = length < 0 ? -1 : offset + length;
        bytes = offset;
        try {
            channel.truncate(offset).position(offset);
        } catch (IOException e) {
            done.completeExceptionally(new StoreFault(e));
        }
        return this;
    }

    long bytes() {
        return bytes;
    }

    long total() {
        return total;
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastByte);
    }

    @Override
    public CompletionStage<Long> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        try {
            for (ByteBuffer part : parts) {
                write(part);
            }
            lastByte = System.nanoTime();
            source.request(1);
        } catch (IOException e) {
            source.cancel();
            done.completeExceptionally(new StoreFault(e));
        }
    }

    private void write(ByteBuffer part) throws IOException {
        long more = part.remaining();
        while (part.hasRemaining()) {
            channel.write(part);
        }
        bytes += more; // only this thread writes it
    }

    @Override
    public void onError(Throwable fault) {
        done.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        done.complete(bytes);
    }
}
