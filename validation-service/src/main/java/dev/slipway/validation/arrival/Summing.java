package dev.slipway.validation.arrival;

import dev.slipway.contracts.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body of any length: makes its digest as it comes, and keeps no more than its beginning. */
final class Summing implements BodySubscriber<Summing.Sum> {
    private final long bytesMax;
    private final long keptMax;
    private final CompletableFuture<Sum> done = new CompletableFuture<>();
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    /**
     * @param bytesMax longest body; a longer one is an error
     * @param keptMax how much of it is kept
     */
    Summing(long bytesMax, long keptMax) {
        this.bytesMax = bytesMax;
        this.keptMax = keptMax;
    }

    /** A whole body. */
    record Sum(Digest digest, long bytes, byte[] beginning) {}

    @Override
    public CompletionStage<Sum> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        Flow.Subscription from = Objects.requireNonNull(subscription);
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
            if (bytes > bytesMax) {
                from.cancel();
                done.completeExceptionally(new IOException("it has more than %,d bytes".formatted(bytesMax)));
                return;
            }
            int kept = (int) Math.min(part.remaining(), keptMax - beginning.size());
            byte[] head = new byte[Math.max(0, kept)];
            part.duplicate().get(head);
            beginning.writeBytes(head);
            digest.update(part);
        }
        from.request(1);
    }

    @Override
    public void onError(Throwable trouble) {
        done.completeExceptionally(trouble);
    }

    @Override
    public void onComplete() {
        String hex = HexFormat.of().formatHex(digest.digest());
        done.complete(new Sum(new Digest("sha256:" + hex), bytes, beginning.toByteArray()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
