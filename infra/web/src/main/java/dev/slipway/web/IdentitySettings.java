package dev.slipway.web;

import dev.slipway.contracts.ApplicationName;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * Whose tokens are believed, and what is shown without one.
 *
 * @param publicKey PEM file of the issuer's RSA public key, or of up to five while keys change; read again when it changes
 * @param issuer value of the claim {@code iss}
 * @param audience value that the claim {@code aud} must hold
 * @param clockSkew how far the issuer's clock may be off, 0 s to 5 min
 * @param keyLookEvery how long a change of the key file may go unnoticed, 0 s to 1 min
 * @param tokensKeptMax verified tokens that are not verified again until they expire, 0 to 100,000 (some 2 KB each)
 * @param bodyMax largest request body; larger ones are answered 413
 * @param publicBadges names of applications whose {@code badge.svg} is shown to whoever asks, 0 to 100; the gateway and
 *     release-service have to be told the same
 */
@ConfigurationProperties("slipway.identity")
public record IdentitySettings(
        Resource publicKey,
        @DefaultValue("slipway-local") String issuer,
        @DefaultValue("slipway") String audience,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("1s") Duration keyLookEvery,
        @DefaultValue("1000") int tokensKeptMax,
        @DefaultValue("1MB") DataSize bodyMax,
        @DefaultValue List<String> publicBadges) {
    private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);
    private static final Duration KEY_LOOK_MAX = Duration.ofMinutes(1);
    private static final int TOKENS_KEPT_MAX = 100_000;
    private static final int PUBLIC_BADGES_MAX = 100;

    public IdentitySettings {
        require(publicKey != null, "public-key must name the PEM file of the issuer's public key");
        require(!issuer.isBlank(), "issuer must not be empty");
        require(!audience.isBlank(), "audience must not be empty");
        require(
                !clockSkew.isNegative() && clockSkew.compareTo(CLOCK_SKEW_MAX) <= 0,
                "clock-skew must be 0 s to 5 min, is " + clockSkew);
        require(
                !keyLookEvery.isNegative() && keyLookEvery.compareTo(KEY_LOOK_MAX) <= 0,
                "key-look-every must be 0 s to 1 min, is " + keyLookEvery);
        require(
                tokensKeptMax >= 0 && tokensKeptMax <= TOKENS_KEPT_MAX,
                "tokens-kept-max must be 0 to 100000, is " + tokensKeptMax);
        require(bodyMax.toBytes() >= 1, "body-max must be at least 1 byte, is " + bodyMax);
        publicBadges = List.copyOf(publicBadges);
        require(
                publicBadges.size() <= PUBLIC_BADGES_MAX,
                "public-badges must name 0 to 100 applications, names " + publicBadges.size());
        publicBadges.forEach(IdentitySettings::requireName);
    }

    private static void requireName(String application) {
        try {
            new ApplicationName(application);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("slipway.identity.public-badges: " + wrong.getMessage(), wrong);
        }
    }

    private static void require(boolean met, String what) {
        if (!met) {
            throw new IllegalArgumentException("slipway.identity." + what);
        }
    }
}
