namespace FastScaling.Lab.Templates;

/// <summary>One key of a mapping with its value.</summary>
internal sealed record MapEntry(string Key, Mark KeyMark, TemplateNode Value);
