package dev.slipway.cli.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A source tree whose services are built from two dozen lines each, of which the gateway's front answers whoever comes; the
 * command itself is this module's own build.
 */
final class StandInServices {
    private StandInServices() {}

    static Path build(Path source) throws IOException {
        return build(source, "");
    }

    /** @param broken name of the service that fails when it starts */
    static Path build(Path source, String broken) throws IOException {
        for (Program service : Program.services()) {
            Path target =
                    Files.createDirectories(source.resolve(service.module()).resolve("target"));
            Path classes = compile(service, service.processName().equals(broken), target);
            jar(target.resolve(service.artifact() + "-1.0.jar"), classes, "");
            jar(target.resolve(service.artifact() + "-1.0-exec.jar"), classes, "- \"BOOT-INF/lib/a-library.jar\"\n");
        }
        Path cli = Files.createDirectories(source.resolve("infra/cli"));
        Files.createSymbolicLink(cli.resolve("target"), Path.of("target").toAbsolutePath());
        return source;
    }

    /** Makes it another build. */
    static void change(Path source, int build) throws IOException {
        Path target = source.resolve("gateway/target");
        jar(target.resolve("gateway-1.0.jar"), target.resolve("classes"), "build " + build);
    }

    private static Path compile(Program service, boolean broken, Path target) throws IOException {
        String name = service.mainClass();
        int dot = name.lastIndexOf('.');
        Path file = target.resolve(name.substring(dot + 1) + ".java");
        Files.writeString(file, source(name.substring(0, dot), name.substring(dot + 1), broken));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = target.resolve("classes");
        int result = compiler.run(
                null,
                null,
                null,
                List.of("-d", classes.toString(), file.toString()).toArray(String[]::new));
        if (result != 0) {
            throw new IOException(file + " does not compile");
        }
        return classes;
    }

    private static String source(String packageName, String name, boolean broken) {
        return """
                package %s;

                public class %s {
                    public static void main(String[] arguments) throws Exception {
                        if (%s) {
                            throw new IllegalStateException("no port for me");
                        }
                        int port = Integer.parseInt(System.getenv("SERVER_PORT"));
                        var address = new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port);
                        if (System.getenv("SLIPWAY_FRONT_PORT") != null) {
                            serve(Integer.parseInt(System.getenv("SLIPWAY_FRONT_PORT")));
                        }
                        var server = com.sun.net.httpserver.HttpServer.create(address, 0);
                        server.createContext("/actuator/health/readiness", exchange -> {
                            exchange.sendResponseHeaders(200, -1);
                            exchange.close();
                        });
                        server.start();
                    }

                    private static void serve(int port) throws java.io.IOException {
                        var users = java.nio.channels.ServerSocketChannel.open();
                        users.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
                        users.bind(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port));
                        Thread.ofPlatform().start(() -> {
                            while (true) {
                                try (var user = users.accept()) {
                                    user.read(java.nio.ByteBuffer.allocate(1_000));
                                    user.write(java.nio.ByteBuffer.wrap(
                                            "HTTP/1.1 204 Served\\r\\nConnection: close\\r\\n\\r\\n".getBytes()));
                                } catch (java.io.IOException gone) {
                                    // the next one
                                }
                            }
                        });
                    }
                }
                """.formatted(packageName, name, broken);
    }

    private static void jar(Path jar, Path classes, String index) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(out)) {
            add(content, "BOOT-INF/classpath.idx", index.getBytes(StandardCharsets.UTF_8));
            add(content, "BOOT-INF/lib/a-library.jar", new byte[0]);
            try (var files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    add(content, classes.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
