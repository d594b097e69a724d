package dev.slipway.testkit;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What tests run on. {@code SLIPWAY_TEST_PLATFORM} says {@code containers} or {@code embedded}; without it, what is found:
 * containers where an engine runs and the images are there, else the platform inside the JVM. Nothing is ever pulled.
 *
 * @param images those to run, none for the embedded platform
 * @param why in a few words, for the one line that tells
 */
record PlatformChoice(List<String> images, String why) {
    static final String VARIABLE = "SLIPWAY_TEST_PLATFORM";
    /** Kafka and MongoDB as their makers ship them. */
    static final List<String> MAKERS = List.of("apache/kafka", "mongo");
    /** Slipway's own broker and store in one image, built by {@code infra/containers/build}. */
    static final List<String> OWN = List.of("slipway/platform");

    PlatformChoice {
        images = List.copyOf(images);
    }

    boolean embedded() {
        return images.isEmpty();
    }

    /**
     * @param wanted value of {@value #VARIABLE}, or null
     * @param local asks the engine for its images by repository, or is empty where no engine answers; asked only if needed
     * @throws IllegalStateException if containers are demanded and cannot be had, or the value is unknown
     */
    static PlatformChoice of(@Nullable String wanted, Supplier<Optional<List<String>>> local) {
        String choice = wanted == null || wanted.isBlank() ? "" : wanted.strip();
        return switch (choice) {
            case "embedded" -> new PlatformChoice(List.of(), VARIABLE + "=embedded");
            case "containers" -> {
                PlatformChoice found = found(local.get());
                if (found.embedded()) {
                    throw new IllegalStateException(
                            "%s=containers, but %s. Start an engine and run infra/containers/build, or leave %s unset."
                                    .formatted(VARIABLE, found.why(), VARIABLE));
                }
                yield found;
            }
            case "" -> found(local.get());
            default -> throw new IllegalStateException(VARIABLE + " must be containers or embedded, is " + choice);
        };
    }

    private static PlatformChoice found(Optional<List<String>> local) {
        if (local.isEmpty()) {
            return new PlatformChoice(List.of(), "no container engine answers");
        }
        for (List<String> wanted : List.of(MAKERS, OWN)) {
            List<String> images = wanted.stream()
                    .flatMap(repository -> local.get().stream()
                            .filter(image -> image.startsWith(repository + ":"))
                            .limit(1))
                    .toList();
            if (images.size() == wanted.size()) {
                return new PlatformChoice(images, "found " + String.join(" and ", images));
            }
        }
        return new PlatformChoice(
                List.of(), "the engine has neither %s nor %s".formatted(String.join(" with ", MAKERS), OWN.getFirst()));
    }
}
