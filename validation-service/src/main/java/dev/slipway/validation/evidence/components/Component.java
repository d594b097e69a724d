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
            ref = text;
        }

        void group(String text) {
            group = text;
        }

        void name(String text) {
            name = text;
        }

        void version(String text) {
            version = text;
        }

        void purl(String text) {
            purl = text.strip();
        }

        void license(String text, boolean named, String acknowledgement) {
            if (!text.isBlank()) {
                License license = new License(text.strip(), named);
                (acknowledgement.equals("concluded") ? concluded : licenses).add(license);
            }
        }

        /** What somebody concluded counts more than what was declared. */
        Component done() {
            return new Component(
                    type,
                    ref,
                    group.isEmpty() ? name : group + "/" + name,
                    version,
                    purl,
                    (concluded.isEmpty() ? licenses : concluded)
                            .stream().distinct().toList());
        }
    }
}
