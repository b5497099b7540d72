package dev.coherence.axon.payload;

import dev.coherence.value.Value;

/** How objects of one declared type become values of a patch. Immutable once built, hence thread-safe. */
@FunctionalInterface
interface Form {

    /**
     * The value that the object stands for.
     *
     * @param walk knows where the object stands
     * @throws dev.coherence.value.InvalidInputException naming class and member, if the object cannot be a value
     */
    Value of(Object object, Walk walk);
}
