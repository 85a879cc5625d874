using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>Something in a template that does not do what it looks like.</summary>
/// <param name="Id">What kind of finding, for example <c>metric-not-published</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Resource">The logical id of the resource, or its name where it is deployed.</param>
/// <param name="Mark">Where in the file, or null for what is deployed.</param>
/// <param name="What">What is there.</param>
/// <param name="Why">What comes of it.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Finding(string Id, Severity Severity, string Resource, Mark? Mark, string What, string Why, string Remedy);
