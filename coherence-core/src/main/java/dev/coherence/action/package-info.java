/** What happened, in words of the domain: who changed what and why, and what that is linked to. */
@NullMarked
package dev.coherence.action;

import org.jspecify.annotations.NullMarked;
