package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.components.Licenses.License;
import java.util.ArrayList;
import java.util.List;

/**
 * A component of a bill of materials.
 *
 * @param ref what the document calls it; empty without
 * @param licenses each of them holds: a list of several does not say that there is a choice
 */
record Component(String type, String ref, String name, String version, String purl, List<License> licenses) {
    private static final int CHARS_MAX = 300;

    static final Component NONE = new Component("", "", "", "", "", List.of());

    Component {
        licenses = List.copyOf(licenses);
    }

    /** For people, where it has no package URL. */
    String named() {
        return version.isEmpty() ? name : name + "@" + version;
    }

    /** Put together while it is read. */
    static final class Draft {
        private final List<License> licenses = new ArrayList<>();
        private final List<License> concluded = new ArrayList<>();
        private String type = "";
        private String ref = "";
        private String group = "";
        private String name = "";
        private String version = "";
        private String purl = "";

        void type(String word) {
            type = word;
        }

        void ref(String text) {
            ref = text.length() > CHARS_MAX ? "" : text; // a part of it might be another's
        }

        void group(String text) {
            group = Wording.cut(text, CHARS_MAX);
        }

        void name(String text) {
            name = Wording.cut(text, CHARS_MAX);
        }

        void version(String text) {
            version = Wording.cut(text, CHARS_MAX);
        }

        void purl(String text) {
            purl = Wording.cut(text.strip(), CHARS_MAX);
        }

        void license(String text, boolean named, String acknowledgement) {
            if (!text.isBlank()) {
                License license = new License(Wording.cut(text.strip(), CHARS_MAX), named);
                (acknowledgement.equals("concluded") ? concluded : licenses).add(license);
            }
        }

        /** What somebody concluded counts more than what was declared. */
        Component done() {
            List<License> said = concluded.isEmpty() ? licenses : concluded;
            return new Component(
                    type,
                    ref,
                    group.isEmpty() ? name : group + "/" + name,
                    version,
                    purl,
                    said.size() < 2 ? said : said.stream().distinct().toList());
        }
    }
}
