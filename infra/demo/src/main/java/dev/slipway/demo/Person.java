package dev.slipway.demo;

/**
 * Someone who writes or commits code.
 *
 * @param name not blank
 * @param email with an at sign; by it Slipway tells an author from an approver
 */
public record Person(String name, String email) {
    public Person {
        if (name.isBlank() || !email.contains("@")) {
            throw new IllegalArgumentException(
                    "a person needs a name and an email, not '%s <%s>'".formatted(name, email));
        }
    }
}
