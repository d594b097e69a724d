package dev.slipway.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the file {@code env} of a home says: addresses and tokens. */
public final class HomeEnvironment {
    private HomeEnvironment() {}

    /** Empty where nothing was started yet. */
    public static Map<String, String> of(Path home) {
        Map<String, String> values = new HashMap<>();
        try {
            for (String line : Files.readAllLines(home.resolve("env"))) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException absent) {
            return Map.of();
        }
        return values;
    }
}
