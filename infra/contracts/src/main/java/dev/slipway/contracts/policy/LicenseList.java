package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.contracts.Texts;
import java.util.List;

/**
 * Which licences the components of a bill of materials may have.
 *
 * @param allow one licence each: an SPDX id ({@code Apache-2.0}, {@code GPL-2.0-or-later}), one {@code WITH} an exception, a
 *     {@code LicenseRef-} of the reports, or a name as reports write it where they know no id; 1 to 500, each 1 to 200
 *     characters
 * @param unknown what it means that nobody knows a component's licence
 * @param except package URLs of components whose licence does not matter: without a version every version, and with a
 *     {@code *} at the end all that begin so; 0 to 500, each 1 to 500 characters
 */
public record LicenseList(List<String> allow, WhenUnknown unknown, List<String> except) {
    public static final int ENTRIES_MAX = 500;
    private static final int ALLOWED_CHARS_MAX = 200;
    private static final int EXCEPTION_CHARS_MAX = 500;
    private static final int SHOWN_MAX = 5;

    /** What it means that a component has no licence, or one that cannot be read. It never passes. */
    public enum WhenUnknown {
        FAIL,
        INCONCLUSIVE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    public LicenseList {
        Texts.requirePresent("licenses.allow", allow);
        Texts.requirePresent("licenses.unknown", unknown);
        Texts.requirePresent("licenses.except", except);
        allow = List.copyOf(allow);
        except = List.copyOf(except);
        Ranges.require("licenses.allow: number of licences", allow.size(), 1, ENTRIES_MAX);
        Ranges.require("licenses.except: number of components", except.size(), 0, ENTRIES_MAX);
        for (String one : allow) {
            Texts.requireLength("licenses.allow: a licence", one, 1, ALLOWED_CHARS_MAX);
            if (one.matches(".*[\\s(](AND|OR)[\\s)].*")) {
                throw new IllegalArgumentException(
                        "licenses.allow: %s names several licences; write each one for itself"
                                .formatted(Texts.shown(one)));
            }
        }
        except.forEach(one -> Texts.requireLength("licenses.except: a component", one, 1, EXCEPTION_CHARS_MAX));
    }

    /** In a few words, for people. */
    @JsonIgnore
    public String text() {
        String shown = String.join(", ", allow.subList(0, Math.min(SHOWN_MAX, allow.size())));
        int more = allow.size() - SHOWN_MAX;
        return "licences among " + shown + (more > 0 ? " and " + more + " more" : "");
    }
}
