package dev.slipway.deployment.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that tells what it was given. It is one source file, which the JDK that the test runs on starts as it is.
 * Arguments: {@code listen=PORT} listens there too, {@code later=PORT} once {@code /health} was asked for, {@code health=PORT}
 * answers {@code /ready} there, {@code print=NAME} prints a variable and ends with status 7, {@code query=TEXT} has
 * {@code /health} answer 404 to any other query.
 */
public final class TellingProgram {
    private static final String SOURCE = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetAddress;
            import java.net.InetSocketAddress;
            import java.net.ServerSocket;
            import java.nio.charset.StandardCharsets;
            import java.util.ArrayList;
            import java.util.List;
            import java.util.TreeMap;

            public class Telling {
                static final List<Integer> LATER = new ArrayList<>();
                static final List<ServerSocket> OPEN = new ArrayList<>();
                static String query = "";

                public static void main(String[] args) throws Exception {
                    StringBuilder told = new StringBuilder();
                    new TreeMap<>(System.getenv()).forEach((name, value) ->
                            told.append(name).append('=').append(value).append('\\n'));
                    for (String arg : args) {
                        told.append("arg ").append(arg).append('\\n');
                        String value = arg.substring(arg.indexOf('=') + 1);
                        if (arg.startsWith("print=")) {
                            System.out.println("I was told " + System.getenv(value));
                            System.exit(7);
                        }
                        if (arg.startsWith("listen=")) {
                            open(Integer.parseInt(value));
                        }
                        if (arg.startsWith("later=")) {
                            LATER.add(Integer.parseInt(value));
                        }
                        if (arg.startsWith("query=")) {
                            query = value;
                        }
                        if (arg.startsWith("health=")) {
                            serve(Integer.parseInt(value), "/ready", "ready");
                        }
                    }
                    HttpServer server = serve(Integer.parseInt(System.getenv("PORT")), "/told", told.toString());
                    server.createContext("/health", exchange -> {
                        for (int port : LATER) {
                            open(port);
                        }
                        LATER.clear();
                        boolean meant = query.isEmpty() || query.equals(exchange.getRequestURI().getQuery());
                        exchange.sendResponseHeaders(meant ? 200 : 404, -1);
                        exchange.close();
                    });
                }

                static void open(int port) throws java.io.IOException {
                    OPEN.add(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
                }

                static HttpServer serve(int port, String path, String body) throws Exception {
                    HttpServer server =
                            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
                    server.createContext(path, exchange -> {
                        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                        exchange.close();
                    });
                    server.start();
                    return server;
                }
            }
            """;

    private TellingProgram() {}

    public static Path write(Path directory) {
        try {
            return Files.writeString(directory.resolve("Telling.java"), SOURCE);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
