/** Where versions run: the target port, its adapter for processes of this machine, and the artifacts that they are made of. */
@NullMarked
package dev.slipway.deployment.target;

import org.jspecify.annotations.NullMarked;
