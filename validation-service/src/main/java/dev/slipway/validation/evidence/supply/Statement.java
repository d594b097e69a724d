package dev.slipway.validation.evidence.supply;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of in-toto (v1 and v0.1), and what its predicate says where it is SLSA provenance (v1 and v0.2).
 *
 * @param count of what it speaks of, at least 1
 * @param subjects each of them; none where they were only counted
 * @param builder who made them, or null if it does not say so
 * @param sources what they were made of
 */
record Statement(
        String predicateType,
        int count,
        List<Subject> subjects,
        @Nullable String builder,
        List<Material> sources) {
    private static final Set<String> TYPES =
            Set.of("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1");
    private static final String PROVENANCE = "https://slsa.dev/provenance/";
    private static final Set<String> PROVENANCES = Set.of(PROVENANCE + "v1", PROVENANCE + "v0.2");
    private static final int LISTED_MAX = 10_000;
    private static final int SHA256_DIGITS = 64;

    /**
     * What it speaks of.
     *
     * @param sha256 in small letters; null where it names another digest alone
     */
    record Subject(String name, @Nullable String sha256) {}

    /**
     * What was built from.
     *
     * @param commits by which Git knows it, in small letters; none for what comes from elsewhere
     */
    record Material(String uri, Set<String> commits) {
        Material {
            commits = Set.copyOf(commits);
        }
    }

    Statement {
        subjects = List.copyOf(subjects);
        sources = List.copyOf(sources);
    }

    boolean isProvenance() {
        return PROVENANCES.contains(predicateType);
    }

    /** @param naming whether somebody asks for each subject, and not for their number alone */
    static Statement read(byte[] payload, ReportJson.Limits limits, boolean naming) throws UnreadableEvidence {
        return ReportJson.read(payload, limits, json -> new Pass(json, naming).read());
    }

    private static final class Pass {
        private final ReportJson json;
        private final boolean naming;
        private int count;
        private final List<Subject> subjects = new ArrayList<>();
        private final List<Material> sources = new ArrayList<>();
        private @Nullable String type;
        private @Nullable String predicateType;
        private @Nullable String builder;

        private Pass(ReportJson json, boolean naming) {
            this.json = json;
            this.naming = naming;
        }

        private Statement read() throws UnreadableEvidence {
            json.members(member -> {
                switch (member) {
                    case "_type" -> type = json.text();
                    case "predicateType" -> predicateType = json.text();
                    case "subject" -> subjects();
                    case "predicate" -> predicate();
                    default -> {
                        // nothing that a statement says
                    }
                }
            });
            if (type == null || !TYPES.contains(type)) {
                throw json.error("\"_type\" is to be %s"
                        .formatted(String.join(" or ", TYPES.stream().sorted().toList())));
            }
            if (predicateType == null || count == 0) {
                throw json.error("A statement needs a predicateType and at least one subject");
            }
            return new Statement(predicateType, count, subjects, builder, sources);
        }

        private void subjects() throws UnreadableEvidence {
            for (boolean more = json.firstElement(); more; more = json.nextElement()) {
                subject();
            }
        }

        private void subject() throws UnreadableEvidence {
            String name = "";
            @Nullable String sha256 = null;
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "name" -> name = named();
                    case "digest" -> sha256 = digest();
                    default -> {
                        // annotations
                    }
                }
            }
            if (count++ == LISTED_MAX) {
                throw json.error("A statement has at most %d subjects".formatted(LISTED_MAX));
            }
            if (naming) {
                subjects.add(new Subject(name, sha256));
            }
        }

        private String named() throws UnreadableEvidence {
            if (naming) {
                return text();
            }
            if (json.isText()) {
                json.passText();
            }
            return "";
        }

        private @Nullable String digest() throws UnreadableEvidence {
            @Nullable String sha256 = null;
            for (String algorithm = json.first(); algorithm != null; algorithm = json.following()) {
                if (algorithm.equals("sha256")) {
                    if (!json.isHexadecimal(SHA256_DIGITS)) {
                        throw json.error("A SHA-256 has 64 hexadecimal digits");
                    }
                    sha256 = naming ? json.text().toLowerCase(Locale.ROOT) : null;
                } else {
                    json.passText();
                }
            }
            return sha256;
        }

        /** Another predicate is passed over: it may be anything. */
        private void predicate() throws UnreadableEvidence {
            if (!json.isObject()) {
                return;
            }
            json.members(member -> {
                switch (member) {
                    case "buildDefinition" ->
                        objects(part -> {
                            if (part.equals("resolvedDependencies")) {
                                materials();
                            }
                        });
                    case "runDetails" ->
                        objects(part -> {
                            if (part.equals("builder")) {
                                builder();
                            }
                        });
                    case "builder" -> builder();
                    case "materials" -> materials();
                    case "invocation" ->
                        objects(part -> {
                            if (part.equals("configSource") && json.isObject()) {
                                material();
                            }
                        });
                    default -> {
                        // nothing that is asked for
                    }
                }
            });
        }

        private void objects(ReportJson.Member each) throws UnreadableEvidence {
            if (json.isObject()) {
                json.members(each);
            }
        }

        private void builder() throws UnreadableEvidence {
            objects(member -> {
                if (member.equals("id")) {
                    builder = text();
                }
            });
        }

        private void materials() throws UnreadableEvidence {
            if (json.isList()) {
                json.elements(() -> {
                    if (json.isObject()) {
                        material();
                    }
                });
            }
        }

        private void material() throws UnreadableEvidence {
            String[] uri = {""};
            Set<String> commits = new HashSet<>();
            json.members(member -> {
                switch (member) {
                    case "uri" -> uri[0] = text();
                    case "digest" ->
                        objects(algorithm -> {
                            if (algorithm.equals("gitCommit")
                                    || algorithm.equals("sha1")
                                    || algorithm.equals("sha256")) {
                                commits.add(text().toLowerCase(Locale.ROOT));
                            }
                        });
                    default -> {
                        // nothing that is asked for
                    }
                }
            });
            if (sources.size() >= LISTED_MAX) {
                throw json.error("Provenance names at most %d materials".formatted(LISTED_MAX));
            }
            sources.add(new Material(uri[0], commits));
        }

        private String text() throws UnreadableEvidence {
            return json.isText() ? json.text() : "";
        }
    }
}
