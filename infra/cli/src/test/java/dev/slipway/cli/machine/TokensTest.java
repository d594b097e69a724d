package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.cli.gateway.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    static Path folder = Path.of("");

    private static Home home = new Home(folder);

    /** Once for all: making a key takes seconds on a busy machine. */
    @BeforeAll
    static void key() {
        home = new Home(folder.resolve("home"));
        home.prepare();
        IssuerKey.ensure(home);
    }

    @Test
    void a_token_says_what_the_services_ask_for_and_its_signature_fits_the_public_key() throws Exception {
        String token = new Tokens(IssuerKey.load(home))
                .issue(
                        new Tokens.Bearer("Ada", "ada@example.test"),
                        List.of(Role.APPROVER, Role.VIEWER),
                        NOW,
                        Duration.ofHours(12));

        SignedJWT read = SignedJWT.parse(token);
        JWTClaimsSet claims = read.getJWTClaimsSet();
        assertThat(read.verify(new RSASSAVerifier(publicKey()))).isTrue();
        assertThat(read.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(claims.getIssuer()).isEqualTo("slipway-local");
        assertThat(claims.getAudience()).containsExactly("slipway");
        assertThat(claims.getSubject()).isEqualTo("Ada");
        assertThat(claims.getStringClaim("email")).isEqualTo("ada@example.test");
        assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        assertThat(claims.getStringListClaim("roles")).containsExactly("approver", "viewer");
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofHours(12))));
    }

    @Test
    void nobody_but_the_owner_reads_the_key_and_it_stays_the_same() throws IOException {
        String before = Files.readString(home.issuerKey());

        IssuerKey.ensure(home);

        assertThat(Files.readString(home.issuerKey())).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.issuerKey())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void the_environment_file_names_the_address_and_a_token_for_each_role() {
        String content = EnvironmentFile.content(
                List.of(URI.create("http://127.0.0.1:8080"), URI.create("http://127.0.0.1:8090")),
                List.of(URI.create("http://127.0.0.1:8000"), URI.create("http://127.0.0.1:8010")),
                new Tokens(IssuerKey.load(home)),
                NOW);

        assertThat(content.lines())
                .hasSize(8)
                .allMatch(
                        line -> line.matches(
                                "SLIPWAY_(URL=http://127.0.0.1:8080|FRONT_URL=http://127.0.0.1:8000|URLS=http://127.0.0.1:8080,http://127.0.0.1:8090|TOKEN_[A-Z]+=[\\w.-]+)"));
        assertThat(content.lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactly(
                        "SLIPWAY_URL",
                        "SLIPWAY_URLS",
                        "SLIPWAY_FRONT_URL",
                        "SLIPWAY_TOKEN_VIEWER",
                        "SLIPWAY_TOKEN_PUBLISHER",
                        "SLIPWAY_TOKEN_APPROVER",
                        "SLIPWAY_TOKEN_OPERATOR",
                        "SLIPWAY_TOKEN_ADMIN");
    }

    @Test
    void bad_bearers_and_lifetimes_are_refused_and_the_limit_is_named() {
        Tokens tokens = new Tokens(IssuerKey.load(home));
        Tokens.Bearer ada = new Tokens.Bearer("Ada", "ada@example.test");

        assertThatThrownBy(() -> new Tokens.Bearer("Ada", "no address")).hasMessageContaining("no email address");
        assertThatThrownBy(() -> new Tokens.Bearer(" ", "a@b")).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> tokens.issue(ada, List.of(Role.ADMIN), NOW, Duration.ofDays(31)))
                .hasMessageContaining("at most 30 d");
    }

    private RSAPublicKey publicKey() throws Exception {
        String pem = Files.readString(home.issuerPublicKey());
        assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----");
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }
}
