using System.Globalization;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>Writes tags as a key to look a series up with, without a string of its own. Not thread-safe.</summary>
internal sealed class TagKey
{
    /// <summary>The tag that the SDK puts in place of all others when an instrument has more series than it keeps.</summary>
    public const string SdkOverflow = "otel.metric.overflow";

    private char[] _buffer = new char[256];
    private int _length;

    public ReadOnlySpan<char> Span => _buffer.AsSpan(0, _length);

    /// <summary>The key of all tags. They come in the same order whenever they are the same.</summary>
    public void SetAll(ReadOnlyTagCollection tags)
    {
        _length = 0;
        foreach (var (key, value) in tags)
        {
            Append(key);
            Append(Format(value));
        }
    }

    /// <summary>The key of chosen tags, and their values as dimensions have them; null for those that are left out.</summary>
    /// <returns>Whether the point stands for all that the SDK had no room for.</returns>
    public bool SetChosen(ReadOnlyTagCollection tags, IReadOnlyList<string> chosen, string?[] values)
    {
        _length = 0;
        Array.Clear(values);
        var isOverflow = false;
        foreach (var (key, value) in tags)
        {
            isOverflow |= key == SdkOverflow && value is true;
            for (var i = 0; i < chosen.Count; i++)
            {
                if (chosen[i] == key)
                {
                    values[i] = AcceptableText.Value(Format(value));
                }
            }
        }

        foreach (var value in values)
        {
            Append(value);
        }

        return isOverflow;
    }

    /// <summary>The text of a tag's value, the same in every culture; null when there is none.</summary>
    public static string? Format(object? value)
    {
        try
        {
            return value switch
            {
                null => null,
                string text => text,
                bool flag => flag ? "true" : "false",
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString(),
            };
        }
        catch (Exception)
        {
            return null; // A type of the application's; its tag is left out.
        }
    }

    // The length goes before the text, so that no two lists of texts are written alike.
    private void Append(string? text)
    {
        var length = text?.Length ?? -1;
        Reserve(2 + Math.Max(0, length));
        _buffer[_length++] = unchecked((char)length);
        _buffer[_length++] = unchecked((char)(length >> 16));
        text.AsSpan().CopyTo(_buffer.AsSpan(_length));
        _length += text?.Length ?? 0;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }
    }
}
