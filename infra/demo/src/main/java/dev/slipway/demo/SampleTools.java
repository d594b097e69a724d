package dev.slipway.demo;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tools with which the sample's CI makes its reports beside those of the tests: JaCoCo, Checkstyle and JMH, as their
 * projects publish them. They are packed in the demo's jar and copied out, as a process of its own needs files.
 */
record SampleTools(Path folder) {
    private static final String COVERAGE_AGENT = "org.jacoco.agent-runtime";
    private static final String COVERAGE = "org.jacoco.cli-nodeps";
    private static final String NULLNESS = "jspecify";
    private static final List<String> BENCHMARKS =
            List.of("jmh-core", "jmh-generator-annprocess", "jopt-simple", "commons-math3");
    private static final List<String> STYLE = List.of(
            "checkstyle",
            "antlr4-runtime",
            "commons-beanutils",
            "commons-collections",
            "commons-logging",
            "failureaccess",
            "guava",
            "javassist",
            "picocli",
            "reflections",
            "slf4j-api");

    /** Copies them out. */
    static SampleTools in(Path folder) throws IOException {
        SampleTools tools = new SampleTools(Files.createDirectories(folder));
        for (List<String> some : List.of(List.of(COVERAGE_AGENT, COVERAGE, NULLNESS), BENCHMARKS, STYLE)) {
            for (String each : some) {
                tools.copy(each);
            }
        }
        return tools;
    }

    private void copy(String name) throws IOException {
        try (InputStream content = SampleTools.class.getResourceAsStream("/tools/" + name + ".jar")) {
            if (content == null) {
                throw new IllegalStateException("the demo's jar lacks tools/%s.jar: build it again".formatted(name));
            }
            Files.copy(content, jar(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What the sample is compiled with. */
    List<Path> libraries() {
        return List.of(jar(NULLNESS));
    }

    /** What benchmarks are compiled and run with. */
    List<Path> benchmarks() {
        return BENCHMARKS.stream().map(this::jar).toList();
    }

    /** A flag for the tests' process that has JaCoCo write down which lines they reach. */
    String recordingTo(Path reached) {
        return "-javaagent:%s=destfile=%s".formatted(jar(COVERAGE_AGENT), reached);
    }

    /** Has JaCoCo write its report. */
    List<String> coverage(RunFolder folder, Path report) {
        return List.of(
                "-jar",
                jar(COVERAGE).toString(),
                "report",
                folder.reached().toString(),
                "--classfiles",
                folder.classes().toString(),
                "--sourcefiles",
                folder.mainSources().toString(),
                "--xml",
                report.toString());
    }

    /** Has Checkstyle look at the sources by the rules that stand beside them; file names are told from the root on. */
    List<String> style(RunFolder folder, Path report) {
        return List.of(
                "-Dbasedir=" + folder.root(),
                "-cp",
                path(STYLE.stream().map(this::jar).toList()),
                "com.puppycrawl.tools.checkstyle.Main",
                "-c",
                folder.root().resolve(SampleSources.STYLE_FILE).toString(),
                "-f",
                "sarif",
                "-o",
                report.toString(),
                folder.root().relativize(folder.mainSources()).toString());
    }

    /** Has JMH run the benchmarks. Its lock is of this run alone, as other runs measure something else. */
    List<String> benchmark(RunFolder folder, Path report) throws IOException {
        Path temporary = Files.createDirectories(folder.root().resolve("target/tmp"));
        List<Path> all = new ArrayList<>(List.of(folder.benchmarkClasses(), folder.classes()));
        all.addAll(benchmarks());
        return List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                path(all),
                "org.openjdk.jmh.Main",
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                report.toString());
    }

    private Path jar(String name) {
        return folder.resolve(name + ".jar");
    }

    private static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
