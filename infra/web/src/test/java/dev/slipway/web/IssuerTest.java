package dev.slipway.web;

import static dev.slipway.web.TestIssuer.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;

class IssuerTest {
    private static final KeyPair OLD = TestIssuer.rsa(2048);
    private static final KeyPair NEW = TestIssuer.rsa(2048);
    private static final String OF_OLD = TestIssuer.signedBy(OLD, claims(Role.VIEWER));
    private static final String OF_NEW = TestIssuer.signedBy(NEW, claims(Role.VIEWER));
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Path file;
    private long nanos;
    private Issuer issuer;

    @BeforeEach
    void with_the_old_key() throws IOException {
        file = folder.resolve("issuer.pem");
        holds(pem(OLD));
        issuer = new Issuer(
                new IssuerKeyFile(new FileSystemResource(file)),
                keys -> new IssuerTokens(keys, _ -> OAuth2TokenValidatorResult.success(), 10, InstantSource.system()),
                LOOK_EVERY,
                () -> nanos);
        believed(OF_OLD);
        refused(OF_NEW);
    }

    @Test
    void a_key_that_was_replaced_takes_its_tokens_with_it_known_or_not() throws IOException {
        holds(pem(NEW));
        after(LOOK_EVERY);

        refused(OF_OLD);
        believed(OF_NEW);
    }

    @Test
    void a_change_is_seen_within_the_time_that_was_set() throws IOException {
        holds(pem(NEW));

        after(LOOK_EVERY.minusNanos(1));
        believed(OF_OLD);
        after(Duration.ofNanos(1));
        refused(OF_OLD);
    }

    @Test
    void both_are_believed_while_both_keys_are_there() throws IOException {
        holds(pem(OLD) + "\n" + pem(NEW));
        after(LOOK_EVERY);
        believed(OF_OLD);
        believed(OF_NEW);

        holds(pem(NEW));
        after(LOOK_EVERY);
        refused(OF_OLD);
        believed(OF_NEW);
    }

    @Test
    void nobody_is_believed_while_the_file_is_away_and_its_return_is_enough() throws IOException {
        Files.delete(file);
        after(LOOK_EVERY);
        refused(OF_OLD);

        holds(pem(OLD));
        after(LOOK_EVERY);
        believed(OF_OLD);
    }

    @Test
    void nobody_is_believed_while_the_file_holds_something_else() throws IOException {
        for (String broken : new String[] {"", "no key", pem(OLD).substring(0, 100), pem(TestIssuer.rsa(1024))}) {
            holds(broken);
            after(LOOK_EVERY);
            refused(OF_OLD);
        }
    }

    @Test
    void a_file_that_did_not_change_leaves_its_tokens_known() {
        IssuerKeyFile keys = new IssuerKeyFile(new FileSystemResource(file));
        int[] made = {0};
        Issuer counting = new Issuer(
                keys,
                now -> {
                    made[0]++;
                    return new IssuerTokens(now, _ -> OAuth2TokenValidatorResult.success(), 10, InstantSource.system());
                },
                LOOK_EVERY,
                () -> nanos);

        for (int look = 0; look < 3; look++) {
            after(LOOK_EVERY);
            counting.decode(OF_OLD);
        }

        assertThat(made[0]).isEqualTo(1);
    }

    private static String pem(KeyPair key) {
        return TestIssuer.pemText("PUBLIC KEY", key.getPublic().getEncoded());
    }

    /** At once, as whoever rotates keys should; by time and size alone two such files could be the same. */
    private void holds(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next.pem"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void after(Duration time) {
        nanos += time.toNanos();
    }

    private void believed(String token) {
        assertThat(issuer.decode(token).getSubject()).isEqualTo("ada");
    }

    private void refused(String token) {
        assertThatThrownBy(() -> issuer.decode(token)).isInstanceOf(BadJwtException.class);
    }
}
