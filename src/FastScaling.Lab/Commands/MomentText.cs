using FastScaling.Lab.Live;

namespace FastScaling.Lab.Commands;

/// <summary>An entry of the time line as a line of text.</summary>
internal static class MomentText
{
    public static string Of(LabMoment moment)
    {
        var surge = moment.SinceSurge is { } since ? FormattableString.Invariant($"surge {since,5:+0.0;-0.0} s") : "             ";
        return FormattableString.Invariant($"{moment.Seconds,7:0.0} s  {surge}  {moment.Kind,-9}  {moment.Text}");
    }
}
