package dev.slipway.contracts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a release of a configuration alone is called: the version whose artifacts it takes, with build metadata that ends in
 * {@code config.N}, such as {@code 1.4.2+config.7}. Build metadata has no weight in the order of versions, so it is neither
 * above nor below what it is made of. Nobody else may give such a name, so that the version that the artifacts say of
 * themselves can be read from it.
 */
public final class ConfigurationVersion {
    private static final Pattern SUFFIX = Pattern.compile("[+.]config\\.[0-9]+$");

    private ConfigurationVersion() {}

    /**
     * The version of another configuration of the same artifacts.
     *
     * @param version of which it is another configuration; may be one of a configuration itself
     * @param number unique within the application
     */
    public static String of(String version, long number) {
        String made = made(version);
        return made + (made.indexOf('+') < 0 ? "+" : ".") + "config." + number;
    }

    /** Whether it is called like a release of a configuration alone. */
    public static boolean is(String version) {
        return suffix(version).find();
    }

    /** The version that the artifacts were made as, which is what they say of themselves. */
    public static String made(String version) {
        Matcher suffix = suffix(version);
        return suffix.find() ? version.substring(0, suffix.start()) : version;
    }

    /** A dot counts within build metadata alone: {@code 1.0.0-rc.config.1} is a pre-release like others. */
    private static Matcher suffix(String version) {
        Matcher suffix = SUFFIX.matcher(version);
        int build = version.indexOf('+');
        return suffix.region(build < 0 ? version.length() : build, version.length());
    }
}
