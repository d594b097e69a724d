package dev.slipway.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sources of the sample as they are at each point of its history: plain, with a cache that works, and with the cache
 * widened from 7 to 10 stripes of which still only 7 are filled. The tests of the cache pick the first stripe and so see
 * nothing of it.
 */
final class SampleSources {
    static final String VERSION_FILE = "src/main/java/example/hello/Version.java";
    static final String CHANGELOG_FILE = "CHANGELOG.md";
    static final String STYLE_FILE = "config/checkstyle.xml";
    static final String PARTS_FILE = "bom.json";
    static final String TESTS_FILE = "src/test/resources/junit-platform.properties";
    static final String MAIN_CLASS = "example.hello.HelloServer";

    private static final String MAIN = "src/main/java/example/hello/";
    private static final String TEST = "src/test/java/example/hello/";
    private static final String BENCHMARK = "src/jmh/java/example/hello/GreetingBenchmark.java";
    private static final String GREETINGS = MAIN + "Greetings.java";
    private static final String STRIPES_AS_FILLED = "new Stripe[7]";
    private static final String STRIPES_WIDENED = "new Stripe[10]";
    private static final Pattern VERSION = Pattern.compile("CURRENT = \"([^\"]*)\"");

    private SampleSources() {}

    /** What the production branch holds of the greetings. */
    enum Stage {
        EMPTY,
        PLAIN,
        CACHED,
        BROKEN
    }

    static Stage stageOf(Map<String, String> tree) {
        @Nullable String greetings = tree.get(GREETINGS);
        if (greetings == null) {
            return Stage.EMPTY;
        }
        if (greetings.contains(STRIPES_WIDENED)) {
            return Stage.BROKEN;
        }
        return greetings.contains(STRIPES_AS_FILLED) ? Stage.CACHED : Stage.PLAIN;
    }

    /** The version that a tree of the sample says it is. */
    static @Nullable String versionOf(Map<String, String> tree) {
        Matcher version = VERSION.matcher(tree.getOrDefault(VERSION_FILE, ""));
        return version.find() ? version.group(1) : null;
    }

    static Map<String, String> start() {
        return Map.of(
                "README.md",
                resource("start/README.md"),
                CHANGELOG_FILE,
                resource("start/CHANGELOG.md"),
                ".gitignore",
                resource("start/gitignore"));
    }

    static Map<String, String> plain() {
        Map<String, String> files = new LinkedHashMap<>(examined());
        for (String file : List.of("Version", "Json", "Name", "Greetings", "HelloServer")) {
            files.put(MAIN + file + ".java", resource("hello/" + MAIN + file + ".java"));
        }
        for (String file : List.of("NameTest", "JsonTest", "GreetingsTest", "HelloServerTest")) {
            files.put(TEST + file + ".java", resource("hello/" + TEST + file + ".java"));
        }
        return files;
    }

    /** What its CI looks at its style with, measures it by, knows its parts from, and runs its tests by. */
    static Map<String, String> examined() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : List.of("pom.xml", PARTS_FILE, STYLE_FILE, BENCHMARK, TESTS_FILE)) {
            files.put(file, resource("hello/" + file));
        }
        return files;
    }

    /** Whether a tree of the sample has that: one that an earlier Slipway began has not. */
    static boolean isExamined(Map<String, String> tree) {
        return tree.containsKey(STYLE_FILE) && tree.containsKey(TESTS_FILE);
    }

    static Map<String, String> withoutCache() {
        return greetings("hello/");
    }

    static Map<String, String> withCache() {
        return greetings("cache/");
    }

    static Map<String, String> withWidenedCache() {
        return Map.of(GREETINGS, resource("cache/" + GREETINGS).replace(STRIPES_AS_FILLED, STRIPES_WIDENED));
    }

    static Map<String, String> withVersion(String version) {
        String source = resource("hello/" + VERSION_FILE);
        return Map.of(
                VERSION_FILE,
                VERSION.matcher(source).replaceFirst(Matcher.quoteReplacement("CURRENT = \"" + version + "\"")));
    }

    private static Map<String, String> greetings(String folder) {
        String test = TEST + "GreetingsTest.java";
        return Map.of(GREETINGS, resource(folder + GREETINGS), test, resource(folder + test));
    }

    /** The text of a file under {@code sample/} in this jar. */
    static String resource(String name) {
        try (InputStream content = SampleSources.class.getResourceAsStream("/sample/" + name)) {
            if (content == null) {
                throw new IllegalStateException("the demo's jar lacks sample/" + name);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
