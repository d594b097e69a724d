package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What both environments give their programs otherwise than when the last release was verified. The check {@code settings} lists
 * it. Settings are told as a policy writes them; of a secret no value is in it, but its fingerprint then and now, of one machine.
 *
 * @param since the release that was verified last; null where none was, so that nothing can differ
 * @param settings what the policy says otherwise, at most {@value #MAX}
 * @param secrets each that either environment's program gets, at most {@value #MAX}
 * @param unkept what nobody kept of that release, for people: it is not compared, and is kept of this one
 */
public record Drift(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReleaseId since,
        List<Setting> settings,
        List<Secret> secrets,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> unkept) {
    public static final int MAX = 1_000;
    private static final int ROWS_SHOWN_MAX = 50;

    public Drift {
        Texts.requirePresent("settings", settings);
        Texts.requirePresent("secrets", secrets);
        Ranges.require("drift.settings: how many", settings.size(), 0, MAX);
        Ranges.require("drift.secrets: how many", secrets.size(), 0, MAX);
        settings = List.copyOf(settings);
        secrets = List.copyOf(secrets);
        unkept = List.copyOf(unkept);
    }

    /** A setting of an environment that is another. */
    public record Setting(String environment, SettingChange change) {
        public Setting {
            Texts.requireLength("drift: an environment", environment, 1, 60);
            Texts.requirePresent("drift: a change", change);
        }
    }

    /**
     * A secret of the application.
     *
     * @param before its fingerprint when the last release was verified; null where nobody kept it
     * @param now its fingerprint; null where the machine cannot read it
     */
    public record Secret(
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String before,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String now) {
        public Secret {
            Texts.requireLength("drift: a secret", name, 1, 300);
        }
    }

    /** What came of comparing one thing. */
    public enum Found {
        SAME,
        /** There is nothing to compare it with. */
        BEGUN,
        CHANGED,
        UNKNOWN
    }

    /** One line of the comparison, in words. */
    public record Row(Found found, String text) {}

    /** Each thing, in order: what the policy says otherwise, then the secrets, then what was not kept. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        settings.forEach(setting -> rows.add(new Row(
                Found.CHANGED, setting.environment() + " " + setting.change().text())));
        secrets.forEach(secret -> rows.add(row(secret)));
        unkept.forEach(what -> rows.add(new Row(Found.BEGUN, what)));
        return List.copyOf(rows);
    }

    private Row row(Secret secret) {
        String name = "secret " + secret.name();
        if (secret.now() == null) {
            return new Row(Found.UNKNOWN, name + " not known");
        }
        if (secret.before() == null) {
            return new Row(Found.BEGUN, "%s: fingerprint %s, which is kept from now on".formatted(name, secret.now()));
        }
        return secret.now().equals(secret.before())
                ? new Row(Found.SAME, name + " same")
                : new Row(
                        Found.CHANGED,
                        "%s: fingerprint %s -> fingerprint %s".formatted(name, secret.before(), secret.now()));
    }

    /** Those of one kind. */
    public List<Row> rows(Found found) {
        return rows().stream().filter(row -> row.found() == found).toList();
    }

    /** Rows in one line; how many more there are, where there are many. */
    public static String text(List<Row> rows) {
        String more = rows.size() > ROWS_SHOWN_MAX ? "; and %d more".formatted(rows.size() - ROWS_SHOWN_MAX) : "";
        return rows.stream().limit(ROWS_SHOWN_MAX).map(Row::text).collect(Collectors.joining("; ")) + more;
    }
}
