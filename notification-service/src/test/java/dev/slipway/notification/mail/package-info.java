@NullMarked
package dev.slipway.notification.mail;

import org.jspecify.annotations.NullMarked;
