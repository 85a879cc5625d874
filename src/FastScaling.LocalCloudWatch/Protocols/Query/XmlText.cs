using System.Xml;

namespace FastScaling.LocalCloudWatch.Protocols.Query;

internal static class XmlText
{
    /// <summary>Replaces what XML 1.0 cannot carry: an error message may quote whatever a client has sent.</summary>
    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]))
            {
                return CleanFrom(text, i);
            }
        }

        return text;
    }

    private static string CleanFrom(string text, int start)
    {
        var clean = text.ToCharArray();
        for (var i = start; i < clean.Length; i++)
        {
            if (i + 1 < clean.Length && XmlConvert.IsXmlSurrogatePair(clean[i + 1], clean[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(clean[i]))
            {
                clean[i] = '\uFFFD';
            }
        }

        return new string(clean);
    }
}
