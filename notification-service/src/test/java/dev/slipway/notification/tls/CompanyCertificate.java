package dev.slipway.notification.tls;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1 that no public authority knows, made by the JDK's keytool. */
public final class CompanyCertificate {
    private static final String PASSWORD = "changeit";

    private final Path pem;
    private final SSLContext server;

    private CompanyCertificate(Path pem, SSLContext server) {
        this.pem = pem;
        this.server = server;
    }

    public static CompanyCertificate in(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("host.p12");
        Path pem = folder.resolve("company.pem");
        keytool(List.of(
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-dname",
                "CN=company",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "bc=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        keytool(List.of(
                "-exportcert",
                "-rfc",
                "-alias",
                "host",
                "-file",
                pem.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(managers.getKeyManagers(), null, null);
        return new CompanyCertificate(pem, server);
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder()
                .command(Stream.concat(Stream.of(program), arguments.stream()).toList())
                .inheritIO()
                .start();
        if (!process.waitFor(Pace.seconds(60), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("keytool did not make a certificate");
        }
    }

    public String pem() {
        return pem.toUri().toString();
    }

    public SSLContext server() {
        return server;
    }
}
