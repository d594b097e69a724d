package dev.slipway.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One report of a CI run, a file as its tool wrote it.
 *
 * @param kind as the policy's gates name it, such as {@code junit}
 * @param suite what the policy's gate calls it, or null where it does not say
 * @param exit status of the process that wrote it, or null where none of this run did
 */
public record Report(
        String kind,
        @Nullable String suite,
        Path file,
        @Nullable Integer exit) {}
