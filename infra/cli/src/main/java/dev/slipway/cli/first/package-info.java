/** The first steps with a program of one's own: a policy that is written for it, and leave to start it. */
@NullMarked
package dev.slipway.cli.first;

import org.jspecify.annotations.NullMarked;
