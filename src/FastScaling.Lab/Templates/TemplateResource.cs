namespace FastScaling.Lab.Templates;

/// <summary>What every resource of a template has.</summary>
/// <param name="Id">The logical id.</param>
/// <param name="Properties">The resolved properties.</param>
internal abstract record TemplateResource(string Id, MapNode Properties)
{
    /// <summary>The place of a property, or of the properties when it is not there.</summary>
    public Mark MarkOf(string property) => Properties.Find(property)?.KeyMark ?? Properties.Mark;
}
