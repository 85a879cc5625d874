namespace FastScaling.Lab.Live;

/// <summary>Something that the page is told.</summary>
/// <param name="Id">Grows by one from entry to entry, so that whoever reads sees what is missing.</param>
/// <param name="Kind"><c>second</c> or <c>moment</c>.</param>
/// <param name="Json">The content.</param>
internal sealed record JournalEntry(long Id, string Kind, string Json);
