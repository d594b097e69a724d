package dev.slipway.git;

/** Something that another attempt does not change, said in words for a person. Becomes an answer at the way in. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;
    private final boolean asksAgain;

    private Refused(String reason, boolean mayPass, boolean asksAgain) {
        super(reason, null, false, false);
        this.mayPass = mayPass;
        this.asksAgain = asksAgain;
    }

    /** A person has to do something. */
    static Refused forGood(String reason) {
        return new Refused(reason, false, false);
    }

    /** A push may be on its way. */
    static Refused soFar(String reason) {
        return new Refused(reason, true, false);
    }

    /** The same, whose last sentence is what a person has to do; once that is done, Git is to be asked again. */
    Refused thenAskAgain() {
        return new Refused(reason(), mayPass, true);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /**
     * With what comes after the remedy.
     *
     * @param then how Git is asked again, which only the way in knows, as in {@code propose the release again}
     */
    String reason(String then) {
        return asksAgain ? "%s Then %s.".formatted(reason(), then) : reason();
    }

    boolean mayPass() {
        return mayPass;
    }
}
