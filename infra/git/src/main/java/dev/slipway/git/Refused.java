package dev.slipway.git;

/** Something that another attempt does not change, said in words for a person. Becomes an answer at the way in. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    private Refused(String reason, boolean mayPass) {
        super(reason, null, false, false);
        this.mayPass = mayPass;
    }

    /** A person has to do something. */
    static Refused forGood(String reason) {
        return new Refused(reason, false);
    }

    /** A push may be on its way. */
    static Refused soFar(String reason) {
        return new Refused(reason, true);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    boolean mayPass() {
        return mayPass;
    }
}
