package dev.slipway.demo;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles a source folder with the compiler of the JDK that runs this. */
final class Compilation {
    private Compilation() {}

    /** Compiles all of a folder; what it returns is what the compiler had to say, if it did not succeed. */
    static Optional<String> of(Path sources, Path classes, List<Path> classPath) throws IOException {
        return of(
                sources,
                classes,
                classPath,
                List.of("-proc:none", "-implicit:none", "-Xlint:all,-classfile", "-Werror"));
    }

    /** The same for benchmarks, around which JMH generates sources that nobody wrote without a warning. */
    static Optional<String> ofBenchmarks(RunFolder folder, SampleTools tools) throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(folder.classes()));
        classPath.addAll(tools.benchmarks());
        return of(
                folder.benchmarkSources(),
                folder.benchmarkClasses(),
                classPath,
                List.of("-proc:full", "-processorpath", joined(tools.benchmarks()), "-nowarn"));
    }

    private static Optional<String> of(Path sources, Path classes, List<Path> classPath, List<String> more)
            throws IOException {
        @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("the sample's CI needs a JDK; " + System.getProperty("java.home")
                    + " has no compiler: set JAVA_HOME to a JDK 25");
        }
        List<Path> files = javaFiles(sources);
        if (files.isEmpty()) {
            return Optional.of("no sources in " + sources.getFileName());
        }
        Files.createDirectories(classes);
        List<String> options = new ArrayList<>(
                List.of("-d", classes.toString(), "-classpath", joined(classPath), "-encoding", "UTF-8"));
        options.addAll(more);
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            output, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            return compiled ? Optional.empty() : Optional.of(output.toString());
        }
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Sorted, so that nothing depends on the order of a directory. */
    private static List<Path> javaFiles(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
