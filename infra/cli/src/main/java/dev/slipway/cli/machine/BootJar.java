package dev.slipway.cli.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A Spring Boot executable jar, taken apart: a JVM starts quicker from plain jars than from jars within a jar, and the
 * five services share most of them.
 */
final class BootJar {
    private static final String INDEX = "BOOT-INF/classpath.idx";

    private BootJar() {}

    /** The libraries within, in class path order. Nothing is read but the directory of the jar. */
    static List<JarSource> libraries(Path executable) throws IOException {
        try (ZipFile zip = new ZipFile(executable.toFile())) {
            List<JarSource> libraries = new ArrayList<>();
            for (String name : classPath(zip)) {
                ZipEntry entry = required(zip, name);
                String fileName = name.substring(name.lastIndexOf('/') + 1);
                libraries.add(new JarSource(
                        fileName, entry.getSize(), entry.getCrc(), target -> extract(executable, name, target)));
            }
            return libraries;
        }
    }

    private static List<String> classPath(ZipFile zip) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(zip.getInputStream(required(zip, INDEX)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw new IOException(unreadable);
        }
    }

    private static void extract(Path executable, String name, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(executable.toFile());
                InputStream content = zip.getInputStream(required(zip, name))) {
            Files.copy(content, target);
        }
    }

    private static ZipEntry required(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(zip.getName() + " lacks " + name);
        }
        return entry;
    }
}
