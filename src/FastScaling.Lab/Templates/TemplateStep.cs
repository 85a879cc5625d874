namespace FastScaling.Lab.Templates;

/// <summary>One step. The bounds are relative to the threshold of the alarm; null is without end.</summary>
internal sealed record TemplateStep(Mark Mark, double? Lower, double? Upper, int Adjustment);
