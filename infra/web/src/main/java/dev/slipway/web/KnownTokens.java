package dev.slipway.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What tokens say whose signature was verified, under the SHA-256 of the whole token: neither a token nor its signature is
 * kept, so that nobody who sees this memory can use one. At most so many; the one that was not asked for longest goes first.
 *
 * <p>A lookup need not take the same time for all: whoever learns from it how a hash begins cannot make a token of that
 * hash, and that a token is known tells only whoever holds it. Refused tokens are not kept, so that nobody without a token
 * can push others out.
 */
final class KnownTokens {
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final int max;
    private final LinkedHashMap<Fingerprint, Said> known = new LinkedHashMap<>(16, 0.75f, true);
    private Instant nextSweep = Instant.MIN;

    /** @param max how many are kept, 0 and above; 0 keeps none */
    KnownTokens(int max) {
        this.max = max;
    }

    /** The 256 bits of a hash. */
    record Fingerprint(long first, long second, long third, long fourth) {
        static Fingerprint of(String token) {
            try {
                ByteBuffer hash = ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
                return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }
    }

    private record Said(
            @Nullable Instant issuedAt, Instant expiresAt, Map<String, Object> headers, Map<String, Object> claims) {}

    synchronized @Nullable Jwt find(Fingerprint fingerprint, String token) {
        Said said = known.get(fingerprint);
        return said == null ? null : new Jwt(token, said.issuedAt(), said.expiresAt(), said.headers(), said.claims());
    }

    /** Keeps one that was verified and ends by itself; those that have ended meanwhile are dropped. */
    synchronized void keep(Fingerprint fingerprint, Jwt verified, Instant now) {
        Instant ends = verified.getExpiresAt();
        if (ends == null) {
            return;
        }
        if (!now.isBefore(nextSweep)) {
            known.values().removeIf(said -> said.expiresAt().isBefore(now));
            nextSweep = now.plus(SWEEP_EVERY);
        }
        known.put(fingerprint, new Said(verified.getIssuedAt(), ends, verified.getHeaders(), verified.getClaims()));
        if (known.size() > max) {
            known.pollFirstEntry();
        }
    }

    synchronized void forget(Fingerprint fingerprint) {
        known.remove(fingerprint);
    }

    synchronized int size() {
        return known.size();
    }

    /** All that is kept. */
    @Override
    public synchronized String toString() {
        return known.toString();
    }
}
