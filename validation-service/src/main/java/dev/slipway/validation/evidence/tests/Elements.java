package dev.slipway.validation.evidence.tests;

import static dev.slipway.validation.evidence.XmlPull.brief;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.XmlPull;
import dev.slipway.validation.evidence.XmlPull.Event;

/** Going through the elements of a report. */
final class Elements {
    private static final int DIGITS_MAX = 10;

    private Elements() {}

    /** Reads an element, from its start; what it leaves of it is passed over. */
    interface Child {
        void read(String name) throws UnreadableEvidence;
    }

    /** Goes to the root, which must have a name. */
    static void root(XmlPull xml, String name, String kind) throws UnreadableEvidence {
        Event event = xml.next();
        while (event != Event.START && event != Event.FINISHED) {
            event = xml.next();
        }
        if (event == Event.FINISHED) {
            throw new UnreadableEvidence("There is no element in it");
        }
        if (!xml.name().equals(name)) {
            throw xml.refused("It is no report of %s: its root is %s, not %s".formatted(kind, brief(xml.name()), name));
        }
    }

    /** Each element within one, from its start up to its end. */
    static void children(XmlPull xml, Child child) throws UnreadableEvidence {
        int outer = xml.depth();
        for (Event event = xml.next(); event != Event.END || xml.depth() != outer; event = xml.next()) {
            if (event == Event.START && xml.depth() == outer + 1) {
                child.read(xml.name());
            }
        }
    }

    static UnreadableEvidence unknown(XmlPull xml, String where) {
        return xml.counting("The element %s in %s is not known, and might count".formatted(brief(xml.name()), where));
    }

    /** 0 where it does not stand there. */
    static long count(XmlPull xml, String attribute) throws UnreadableEvidence {
        String text = xml.attribute(attribute).strip();
        long count = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || text.length() > DIGITS_MAX) {
                throw xml.counting("The attribute %s is a count, not %s".formatted(attribute, brief(text)));
            }
            count = count * 10 + digit - '0';
        }
        return count;
    }
}
