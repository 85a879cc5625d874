namespace FastScaling.Lab.Templates;

/// <summary>A template that cannot be read. The message is a sentence for a person, without the place.</summary>
internal sealed class TemplateException(Mark mark, string message) : Exception(message)
{
    public Mark Mark { get; } = mark;
}
