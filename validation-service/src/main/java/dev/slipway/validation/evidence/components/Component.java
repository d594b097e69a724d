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
record Component(
        String type, String ref, String group, String name, String version, String purl, List<License> licenses) {
    private static final int CHARS_MAX = 300;

    static final Component NONE = new Component("", "", "", "", "", "", List.of());

    Component {
        licenses = List.copyOf(licenses);
    }

    /** For people, where it has no package URL. */
    String named() {
        String whole = group.isEmpty() ? name : group + "/" + name;
        return version.isEmpty() ? whole : whole + "@" + version;
    }

    /** Put together while it is read. */
    static final class Draft {
        private List<License> licenses = List.of();
        private List<License> concluded = List.of();
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
                if (acknowledgement.equals("concluded")) {
                    concluded = with(concluded, license);
                } else {
                    licenses = with(licenses, license);
                }
            }
        }

        /** Most components have one. */
        private static List<License> with(List<License> some, License one) {
            if (some.isEmpty()) {
                return List.of(one);
            }
            List<License> more = some.size() == 1 ? new ArrayList<>(some) : some;
            more.add(one);
            return more;
        }

        /** What somebody concluded counts more than what was declared. */
        Component done() {
            List<License> said = concluded.isEmpty() ? licenses : concluded;
            return new Component(
                    type,
                    ref,
                    group,
                    name,
                    version,
                    purl,
                    said.size() < 2 ? said : said.stream().distinct().toList());
        }
    }
}
