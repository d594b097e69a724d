package dev.slipway.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A folder of repositories behind {@code git http-backend}, over TLS with a certificate of its own, for one user. */
final class GitOverTls implements AutoCloseable {
    private static final String KEY_PASSWORD = "changeit";
    private static final String ALIAS = "git";
    private static @Nullable KeyStore keys;

    private final HttpsServer server;
    private final Path repositories;
    private final String user;
    private final String password;
    private final Path certificate;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable String redirect;

    GitOverTls(Path folder, Path repositories, String user, String password) throws Exception {
        this.repositories = repositories;
        this.user = user;
        this.password = password;
        KeyStore keys = keys();
        this.certificate = Files.writeString(folder.resolve("server.pem"), pem(keys.getCertificate(ALIAS)));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certified(keys)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** One key for all servers of this JVM: making one takes two seconds. */
    private static synchronized KeyStore keys() throws Exception {
        KeyStore made = keys;
        if (made == null) {
            Path folder = Files.createTempDirectory("git-over-tls");
            Path store = folder.resolve("server.p12");
            try {
                generate(store);
                made = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(store)) {
                    made.load(in, KEY_PASSWORD.toCharArray());
                }
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
            keys = made;
        }
        return made;
    }

    private static void generate(Path store) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                KEY_PASSWORD);
    }

    private static SSLContext certified(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, KEY_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(Certificate certificate) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + command);
        }
    }

    /** Sends everybody elsewhere from here on. */
    void redirectTo(String address) {
        redirect = address;
    }

    String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    String url(String repository) {
        return "https://%s/%s".formatted(host(), repository);
    }

    Path certificate() {
        return certificate;
    }

    /** Method, path and user of all that was asked. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String wanted = "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            given == null ? "nobody" : "somebody"));
            String elsewhere = redirect;
            if (elsewhere != null) {
                exchange.getResponseHeaders().add("Location", elsewhere + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
            } else if (!wanted.equals(given)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                relay(exchange, body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** CGI, as RFC 3875 has it. */
    private void relay(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend").redirectError(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_PROJECT_ROOT", repositories.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", user);
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getRawQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        header(exchange, "Content-Type", environment, "CONTENT_TYPE");
        header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        header(exchange, "Git-Protocol", environment, "HTTP_GIT_PROTOCOL");
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        Process process = builder.start();
        Thread.ofVirtual().start(() -> {
            try (var in = process.getOutputStream()) {
                in.write(body);
            } catch (IOException _) {
                // it has heard enough
            }
        });
        byte[] said = process.getInputStream().readAllBytes();
        process.waitFor();
        pass(exchange, said);
    }

    private static void header(HttpExchange exchange, String name, Map<String, String> environment, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static void pass(HttpExchange exchange, byte[] said) throws IOException {
        String text = new String(said, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n", -1)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(said, end + 4, said.length - end - 4);
        exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
        body.writeTo(exchange.getResponseBody());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
