package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What files at exactly the released revision have to be (ADR 66). Exactly one of its parts says what is looked at.
 *
 * @param versions files that say the version
 * @param schema files that fit a JSON Schema, at most 20 entries
 * @param links patterns of Markdown files whose links within the repository have to lead somewhere, at most 20
 */
public record FilesRule(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable VersionStrings versions,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<SchemaFiles> schema,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> links) {
    public static final String SCHEMA_FILES = "schema.files";
    public static final String SCHEMA_ERRORS = "schema.errors";

    /** Keys of files that no properties of the schema know. */
    public static final String SCHEMA_UNKNOWN = "schema.unknown";

    public static final String LINKS_FILES = "links.files";
    public static final String LINKS_CHECKED = "links.checked";
    public static final String LINKS_BROKEN = "links.broken";

    /** Links out of the repository, which nobody follows. */
    public static final String LINKS_OUTSIDE = "links.outside";

    public static final String VERSIONS_PLACES = "versions.places";
    public static final String VERSIONS_OTHER = "versions.other";

    private static final int ENTRIES_MAX = 20;
    private static final String COUNT = "COUNT";

    public FilesRule {
        schema = List.copyOf(schema);
        links = List.copyOf(links);
        int parts = (versions == null ? 0 : 1) + (schema.isEmpty() ? 0 : 1) + (links.isEmpty() ? 0 : 1);
        if (parts != 1) {
            throw new IllegalArgumentException("needs exactly one of versions, schema and links, has " + parts);
        }
        Ranges.require("schema: number of entries", schema.size(), 0, ENTRIES_MAX);
        Ranges.require("links.files: number of patterns", links.size(), 0, ENTRIES_MAX);
        links.forEach(pattern -> FilePaths.requirePattern("links.files", pattern));
    }

    public static FilesRule of(VersionStrings versions) {
        return new FilesRule(versions, List.of(), List.of());
    }

    public static FilesRule ofSchema(List<SchemaFiles> schema) {
        return new FilesRule(null, schema, List.of());
    }

    public static FilesRule ofLinks(List<String> files) {
        return new FilesRule(null, List.of(), files);
    }

    /** The facts on which a gate may have thresholds that looks at {@code versions}, {@code schema} or {@code links}. */
    public static FactNames facts(String looksAt) {
        return switch (looksAt) {
            case "versions" -> new FactNames(Map.of(VERSIONS_PLACES, COUNT, VERSIONS_OTHER, COUNT));
            case "schema" -> new FactNames(Map.of(SCHEMA_FILES, COUNT, SCHEMA_ERRORS, COUNT, SCHEMA_UNKNOWN, COUNT));
            case "links" ->
                new FactNames(
                        Map.of(LINKS_FILES, COUNT, LINKS_CHECKED, COUNT, LINKS_BROKEN, COUNT, LINKS_OUTSIDE, COUNT));
            default -> throw new IllegalArgumentException("no gate looks at " + looksAt);
        };
    }

    /** Whether the content of a file is needed. */
    public boolean reads(String path) {
        if (versions != null) {
            return versions.files().stream().anyMatch(place -> place.path().equals(path));
        }
        return schema.stream().anyMatch(entry -> entry.takes(path) || path.equals(entry.schema()))
                || links.stream().anyMatch(pattern -> FilePaths.fits(pattern, path));
    }

    /**
     * Files and folders below which everything lies that is needed; empty for the whole repository. A folder ends in a slash.
     */
    @JsonIgnore
    public List<String> below() {
        List<String> below = new ArrayList<>();
        if (versions != null) {
            versions.files().forEach(place -> below.add(place.path()));
        }
        for (SchemaFiles entry : schema) {
            entry.files().forEach(pattern -> below.add(FilePaths.beginning(pattern)));
            if (entry.schema() != null) {
                below.add(entry.schema());
            }
        }
        return below.contains("") ? List.of() : below.stream().distinct().toList();
    }

    /** The rule in one line, for people. */
    @JsonIgnore
    public String text() {
        if (versions != null) {
            String where = versions.files().stream().map(VersionString::where).collect(Collectors.joining(", "));
            return Texts.brief("%s in %s".formatted(versions.expected(), where), 500);
        }
        if (!schema.isEmpty()) {
            return Texts.brief(
                    schema.stream()
                            .map(entry -> String.join(", ", entry.files()) + " by " + entry.name())
                            .collect(Collectors.joining("; ")),
                    500);
        }
        return "links of " + String.join(", ", links) + " lead somewhere";
    }
}
