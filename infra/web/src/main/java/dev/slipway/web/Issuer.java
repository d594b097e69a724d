package dev.slipway.web;

import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Whose tokens are believed, by the keys that the issuer's file holds now: a key that was put into it is believed, and one
 * that was taken out is not, nor any token of it, without a restart. While the file is away or broken nobody is believed.
 */
final class Issuer implements JwtDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

    private final IssuerKeyFile file;
    private final Function<List<RSAPublicKey>, JwtDecoder> tokens;
    private final long lookEveryNanos;
    private final LongSupplier nanoTime;
    private volatile Believed believed;

    private record Believed(String stamp, JwtDecoder tokens, long lookedAtNanos) {}

    /**
     * Reads the file for the first time.
     *
     * @param tokens makes what believes the tokens of some keys; it begins without any memory
     * @param lookEvery how long a change of the file may go unnoticed
     * @throws IllegalStateException if there is no key in it
     */
    Issuer(
            IssuerKeyFile file,
            Function<List<RSAPublicKey>, JwtDecoder> tokens,
            Duration lookEvery,
            LongSupplier nanoTime) {
        this.file = file;
        this.tokens = tokens;
        this.lookEveryNanos = lookEvery.toNanos();
        this.nanoTime = nanoTime;
        String stamp = file.stamp(); // before it is read: what is written meanwhile is another stamp
        this.believed = new Believed(stamp, tokens.apply(file.read()), nanoTime.getAsLong());
    }

    @Override
    public Jwt decode(String token) {
        Believed now = believed;
        boolean lookedLately = nanoTime.getAsLong() - now.lookedAtNanos() < lookEveryNanos;
        return (lookedLately ? now : look()).tokens().decode(token);
    }

    private synchronized Believed look() {
        Believed before = believed;
        long now = nanoTime.getAsLong();
        if (now - before.lookedAtNanos() < lookEveryNanos) {
            return before; // another thread has looked
        }
        String stamp = file.stamp();
        believed = new Believed(stamp, stamp.equals(before.stamp()) ? before.tokens() : tokens.apply(changed()), now);
        return believed;
    }

    private List<RSAPublicKey> changed() {
        try {
            List<RSAPublicKey> keys = file.read();
            LOG.info("The issuer's keys in {} have changed: {} now; tokens of others are refused", file, keys.size());
            return keys;
        } catch (IllegalStateException unreadable) {
            LOG.error("Every token is refused until the issuer's key is back: {}", unreadable.getMessage());
            return List.of();
        }
    }
}
