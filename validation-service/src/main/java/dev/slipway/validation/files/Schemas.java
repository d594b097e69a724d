package dev.slipway.validation.files;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.FilePaths;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SchemaFiles;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.files.Located.Unreadable;
import dev.slipway.validation.files.RevisionFiles.Look;
import dev.slipway.validation.files.SchemaText.Said;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether configurations fit their schema. One that cannot be parsed is as wrong as one that does not fit; one that is not
 * read, a schema that cannot be used, and a pattern that fits no file are inconclusive. Keys that the schema does not know
 * are told, and count by a threshold alone.
 */
final class Schemas {
    private static final int SHOWN_MAX = 3;

    private final RevisionFiles files;
    private final Map<String, List<String>> places = new LinkedHashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private int looked;
    private int errors;

    private Schemas(RevisionFiles files) {
        this.files = files;
    }

    static Judged judge(Gate gate, List<SchemaFiles> entries, RevisionFiles files) {
        Schemas all = new Schemas(files);
        List<Rules.Part> parts = new ArrayList<>();
        for (SchemaFiles entry : entries) {
            parts.add(new Rules.Part(
                    "%s by %s".formatted(String.join(", ", entry.files()), entry.name()), all.judge(entry)));
        }
        List<Fact> facts = List.of(
                Fact.count(FilesRule.SCHEMA_FILES, all.looked),
                Fact.count(FilesRule.SCHEMA_ERRORS, all.errors),
                Fact.count(FilesRule.SCHEMA_UNKNOWN, all.unknown.size()));
        String observed = String.join(", ", facts.stream().map(Fact::toString).toList());
        return Judged.of(
                gate,
                parts,
                facts,
                all.unknown.isEmpty() ? observed : observed + ": " + String.join("; ", Judged.some(all.unknown, 5)),
                all.places,
                Texts.counted(all.looked, "file fits its schema", "files fit their schema"));
    }

    private Ruling judge(SchemaFiles entry) {
        SchemaText schema;
        try {
            schema = schema(entry);
        } catch (Unreadable unusable) {
            return new Ruling.Unknown(entry.name() + " " + unusable.why());
        }
        List<String> wrong = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (String pattern : entry.files()) {
            if (files.fitting(path -> FilePaths.fits(pattern, path)).isEmpty()) {
                unread.add("No file of the revision fits " + pattern);
            }
        }
        int unknownBefore = unknown.size();
        for (String path : files.fitting(entry::takes)) {
            looked++;
            try {
                wrong.addAll(wrong(path, schema));
            } catch (Unreadable unreadable) {
                unread.add(path + " " + unreadable.why());
            }
        }
        errors += wrong.size();
        if (!wrong.isEmpty()) {
            return new Ruling.Breaks(String.join("; ", Judged.some(wrong, SHOWN_MAX)), false);
        }
        if (!unread.isEmpty()) {
            return new Ruling.Unknown(String.join("; ", Judged.some(unread, SHOWN_MAX)));
        }
        List<String> news = unknown.subList(unknownBefore, unknown.size());
        return new Ruling.Holds(
                news.isEmpty() ? "" : "keys that it does not know: " + String.join("; ", Judged.some(news, SHOWN_MAX)));
    }

    private SchemaText schema(SchemaFiles entry) throws Unreadable {
        if (entry.inline() != null) {
            return SchemaText.of(JsonText.read(entry.inline()).json());
        }
        String path = entry.name();
        return switch (files.at(path)) {
            case Look.Absent _ -> throw Unreadable.beyond("is not in the revision");
            case Look.Other(String why) -> throw Unreadable.beyond(why);
            case Look.Text(String text) -> {
                List<Located> documents = Located.read(path, text);
                if (documents.size() != 1) {
                    throw Unreadable.beyond("has several documents, and a schema is one");
                }
                yield SchemaText.of(documents.getFirst().json());
            }
        };
    }

    /** Errors of one file; its unknown keys are noted beside. */
    private List<String> wrong(String path, SchemaText schema) throws Unreadable {
        String text = switch (files.at(path)) {
            case Look.Absent _ -> throw Unreadable.beyond("is not in the revision");
            case Look.Other(String why) -> throw Unreadable.beyond(why);
            case Look.Text(String read) -> read;
        };
        List<String> here = places.computeIfAbsent(path, _ -> new ArrayList<>());
        List<String> wrong = new ArrayList<>();
        try {
            for (Located document : Located.read(path, text)) {
                for (Said error : schema.errors(document)) {
                    wrong.add(path + " " + error);
                    here.add(error.toString());
                }
                for (Said key : schema.unknown(document)) {
                    unknown.add(path + " " + key);
                    here.add(key.toString());
                }
            }
        } catch (Unreadable unreadable) {
            if (!unreadable.isBroken()) {
                throw unreadable;
            }
            wrong.add("%s:%d %s".formatted(path, unreadable.line(), unreadable.why()));
            here.add("line %d: %s".formatted(unreadable.line(), unreadable.why()));
        }
        return wrong;
    }
}
