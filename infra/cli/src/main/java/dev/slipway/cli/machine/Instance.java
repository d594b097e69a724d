package dev.slipway.cli.machine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of a program.
 *
 * @param number from 1 on; the first has the program's own name
 */
public record Instance(Program program, int number) {
    private static final Pattern NUMBERED = Pattern.compile("(.+)-(\\d{1,2})");

    public Instance {
        if (number < 1) {
            throw new IllegalArgumentException("instances are numbered from 1 on, not " + number);
        }
    }

    static Instance only(Program program) {
        return new Instance(program, 1);
    }

    /** {@code release-service}, {@code release-service-2}. */
    public String name() {
        return number == 1 ? program.processName() : program.processName() + "-" + number;
    }

    /** By its name or the beginning of it, such as {@code release} or {@code release-2}. */
    public static Optional<Instance> named(String name) {
        Optional<Instance> first = Program.named(name).map(Instance::only);
        if (first.isPresent()) {
            return first;
        }
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() && Integer.parseInt(numbered.group(2)) > 0
                ? Program.named(numbered.group(1))
                        .map(program -> new Instance(program, Integer.parseInt(numbered.group(2))))
                : Optional.empty();
    }
}
