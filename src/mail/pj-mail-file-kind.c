/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-file-kind.h"

#include <string.h>

typedef struct
{
  PjMailFileKind kind;
  const char *words; /* each between blanks */
} Row;

/* What Windows, macOS and the desktops of Linux open by themselves, by ending:
 * the lists of files that mail programs and mail services refuse, and what was
 * seen in malicious mail since. */
static const Row extensions[] = {
  { PJ_MAIL_FILE_TEXT, " asc bib c conf cpp css csv diff h ics ini json log md patch srt tex toml "
                       "tsv txt vcf vcs xml yaml yml " },
  { PJ_MAIL_FILE_DOCUMENT,
    " 7z aac ai avi avif bmp bz2 doc docx dot dotx eml epub eps flac gif gz heic jpe jpeg jpg m4a "
    "m4v mkv mobi mov mp3 mp4 mpeg mpg msg odf odg odp ods odt ogg ogv opus p7m p7s pages pdf png "
    "pot potx pps ppsx ppt pptx ps psd rar rtf sxc sxw tar tgz tif tiff wav webm webp wma wmv wps "
    "xls xlsx xlt xltx xps xz zip zst " },
  { PJ_MAIL_FILE_PROGRAM,
    " air apk app appimage application appx appxbundle class com cpl deb dll drv dylib ear "
    "exe flatpak flatpakref gadget ipa jar jnlp ko mpkg msi msix msixbundle msp mst ocx osx "
    "pif pkg rpm run scr sis snap so sys war x86 x86_64 xap xbap xll xpi " },
  { PJ_MAIL_FILE_SCRIPT,
    " action applescript bas bash bat bgi chm cmd command crx csh fish hlp hta inf ins isp its js "
    "jse jsx ksh lua mjs msc msh msh1 msh1xml msh2 msh2xml mshxml php pl ps1 ps1xml ps2 ps2xml "
    "psc1 psc2 psd1 psm1 py pyc pyo pyw pyz pyzw rb reg rgs scpt scptd sct sh shb shs ta tcsh "
    "terminal vb vbe vbs workflow ws wsc wsf wsh zsh " },
  { PJ_MAIL_FILE_SHORTCUT,
    " appref-ms desktop fileloc inetloc library-ms lnk rdp scf search-ms "
    "searchconnector-ms settingcontent-ms theme themepack url webloc website " },
  { PJ_MAIL_FILE_MACROS,
    " ade adp accda accdb accde accdr docm dotm iqy mam maq mdb mde odc one onepkg oqy potm ppa "
    "ppam ppsm pptm pub rqy sldm slk wiz wll xla xlam xlm xlsb xlsm xltm xlw " },
  { PJ_MAIL_FILE_DISK_IMAGE, " cdr cue dmg img iso isz mdf mds nrg sparsebundle sparseimage toast "
                             "udf vdi vhd vhdx vmdk " },
  { PJ_MAIL_FILE_WEB_PAGE, " htm html mht mhtml shtm shtml svg svgz xht xhtm xhtml " },
};

/* Media types, as declared by senders or found by pj_mail_sniff_finish(). */
static const Row types[] = {
  { PJ_MAIL_FILE_TEXT, " application/json application/xml text/calendar text/css text/csv "
                       "text/directory text/markdown text/plain text/vcard text/x-diff "
                       "text/x-patch text/x-vcard text/xml " },
  { PJ_MAIL_FILE_DOCUMENT,
    " application/epub+zip application/gzip application/msword application/pdf "
    "application/postscript application/rtf application/vnd.ms-excel "
    "application/vnd.ms-outlook application/vnd.ms-powerpoint application/vnd.rar "
    "application/x-7z-compressed application/x-bzip2 application/x-rar-compressed "
    "application/x-tar application/x-xz application/zip application/zstd text/rtf " },
  { PJ_MAIL_FILE_PROGRAM,
    " application/exe application/java-archive application/java-vm application/vnd.appimage "
    "application/vnd.android.package-archive application/vnd.debian.binary-package "
    "application/vnd.microsoft.portable-executable application/x-deb application/x-dosexec "
    "application/x-executable application/x-java-archive application/x-mach-binary "
    "application/x-ms-installer application/x-msdos-program application/x-msdownload "
    "application/x-msi application/x-rpm application/x-sharedlib " },
  { PJ_MAIL_FILE_SCRIPT,
    " application/hta application/javascript application/vnd.ms-htmlhelp application/x-bat "
    "application/x-javascript application/x-perl application/x-php application/x-powershell "
    "application/x-python-code application/x-sh application/x-shellscript text/javascript "
    "text/vbscript text/x-python text/x-script text/x-sh text/x-shellscript " },
  { PJ_MAIL_FILE_SHORTCUT, " application/internet-shortcut application/x-desktop "
                           "application/x-ms-shortcut application/x-mswinurl " },
  { PJ_MAIL_FILE_MACROS, " application/msonenote application/onenote " },
  { PJ_MAIL_FILE_DISK_IMAGE,
    " application/x-apple-diskimage application/x-iso9660-image application/x-raw-disk-image "
    "application/x-vhd-disk application/x-vhdx-disk " },
  { PJ_MAIL_FILE_WEB_PAGE,
    " application/xhtml+xml image/svg+xml message/rfc2557 text/html text/x-server-parsed-html " },
};

/* Families of types, for what the table above does not name. */
static const struct
{
  const char *prefix;
  PjMailFileKind kind;
} families[] = {
  { "application/vnd.oasis.opendocument.", PJ_MAIL_FILE_DOCUMENT },
  { "application/vnd.openxmlformats-officedocument.", PJ_MAIL_FILE_DOCUMENT },
  { "audio/", PJ_MAIL_FILE_DOCUMENT },
  { "image/", PJ_MAIL_FILE_DOCUMENT },
  { "video/", PJ_MAIL_FILE_DOCUMENT },
};

static PjMailFileKind
look_up (const Row *rows, gsize n_rows, const char *word)
{
  g_autofree char *low = g_ascii_strdown (word, -1);
  g_autofree char *sought = g_strdup_printf (" %s ", low);

  if (*word == '\0' || strchr (word, ' ') != NULL)
    return PJ_MAIL_FILE_UNKNOWN;

  for (gsize i = 0; i < n_rows; i++)
    {
      if (strstr (rows[i].words, sought) != NULL)
        return rows[i].kind;
    }

  return PJ_MAIL_FILE_UNKNOWN;
}

/**
 * pj_mail_file_kind_of_extension:
 * @extension: what stands behind the last dot of a name, in any case; may be ""
 *
 * Returns: what a file of this ending is opened as
 */
PjMailFileKind
pj_mail_file_kind_of_extension (const char *extension)
{
  g_return_val_if_fail (extension != NULL, PJ_MAIL_FILE_UNKNOWN);

  return look_up (extensions, G_N_ELEMENTS (extensions), extension);
}

/**
 * pj_mail_file_kind_of_type:
 * @type: a media type in any case, without parameters; may be ""
 *
 * Returns: what a file of this type is opened as
 */
PjMailFileKind
pj_mail_file_kind_of_type (const char *type)
{
  g_autofree char *low = NULL;
  PjMailFileKind kind;

  g_return_val_if_fail (type != NULL, PJ_MAIL_FILE_UNKNOWN);

  kind = look_up (types, G_N_ELEMENTS (types), type);
  if (kind != PJ_MAIL_FILE_UNKNOWN)
    return kind;

  low = g_ascii_strdown (type, -1);
  if (g_str_has_suffix (low, ".macroenabled.12"))
    return PJ_MAIL_FILE_MACROS;
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (g_str_has_prefix (low, families[i].prefix))
        return families[i].kind;
    }

  return PJ_MAIL_FILE_UNKNOWN;
}

/**
 * pj_mail_file_kind_is_dangerous:
 * @kind: a kind
 *
 * Returns: whether opening such a file may do more than show it
 */
gboolean
pj_mail_file_kind_is_dangerous (PjMailFileKind kind)
{
  return kind >= PJ_MAIL_FILE_PROGRAM;
}
