package dev.slipway.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packages classes so that the same classes always give the same bytes: sorted entries, one fixed timestamp. */
final class ExecutableJar {
    private static final LocalDateTime TIMESTAMP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ExecutableJar() {}

    /**
     * Writes the jar, unless these very bytes are there already: a process may be running from them.
     *
     * @return the digest, {@code sha256:} and 64 hexadecimal digits
     */
    static String write(Path classes, String mainClass, String version, Path jar) throws IOException {
        byte[] content = content(classes, mainClass, version);
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), content)) {
            Path unfinished = jar.resolveSibling(jar.getFileName() + ".part");
            Files.write(unfinished, content);
            Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return "sha256:" + HexFormat.of().formatHex(sha256(content));
    }

    private static byte[] content(Path classes, String mainClass, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            String manifest = "Manifest-Version: 1.0\r\nMain-Class: %s\r\nImplementation-Version: %s\r\n\r\n"
                    .formatted(mainClass, version);
            put(jar, JarFile.MANIFEST_NAME, manifest.getBytes(StandardCharsets.UTF_8));
            for (Path file : files(classes)) {
                put(jar, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(TIMESTAMP);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    private static List<Path> files(Path classes) throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
