/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-document-view.h"

#include <adwaita.h>

#include "ui/pj-document-tags.h"
#include "ui/pj-link-question.h"
#include "ui/pj-document-feed.h"

#define BAR_PX 3
#define BAR_ALPHA 0.25f

/**
 * PjDocumentView:
 *
 * Shows the document of a mail to read. Where a link leads is told while the
 * pointer or the keyboard is on it; it is opened only after a question. Main
 * thread.
 */
struct _PjDocumentView
{
  GtkTextView parent_instance;

  /* Owned */
  PjMailDocument *document; /* NULL: nothing is shown */
  PjDocumentFeed *feed;     /* likewise */
  char *hint;

  /* Plain */
  int focused; /* the link that has the keyboard; -1: none */
};

enum
{
  PROP_0,
  PROP_HINT,
  PROP_HAS_HINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PjDocumentView, pj_document_view, GTK_TYPE_TEXT_VIEW)

static GtkTextBuffer *
get_buffer (PjDocumentView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static PjMailLink *
get_link (PjDocumentView *self, int i)
{
  const PjDocumentFeedLink *where;

  if (i < 0 || self->feed == NULL)
    return NULL;

  where = pj_document_feed_get_link (self->feed, (guint) i);
  return g_ptr_array_index (self->document->links, where->link);
}

static void
set_hint (PjDocumentView *self, int i)
{
  const PjMailLink *link = get_link (self, i);
  const char *hint = "";

  if (link != NULL)
    hint = *link->host != '\0' ? link->host : link->target;
  if (g_str_equal (self->hint, hint))
    return;

  g_free (self->hint);
  self->hint = g_strdup (hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint,
                                  -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_HINT]);
}

/* The link at a place in the widget; -1 for none */
static int
find_link_at (PjDocumentView *self, double x, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int buffer_x;
  int buffer_y;

  if (self->feed == NULL)
    return -1;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);
  if (!gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y))
    return -1;

  return pj_document_feed_find_link (self->feed, gtk_text_iter_get_offset (&iter));
}

static void
ask (PjDocumentView *self, int i)
{
  PjMailLink *link = get_link (self, i);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (link != NULL)
    gtk_window_present (
        pj_link_question_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, link));
}

static void
mark_focused (PjDocumentView *self, gboolean is_marked)
{
  GtkTextBuffer *buffer = get_buffer (self);
  const PjDocumentFeedLink *where;
  GtkTextIter start;
  GtkTextIter end;

  if (self->focused < 0 || self->feed == NULL)
    return;

  where = pj_document_feed_get_link (self->feed, (guint) self->focused);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, where->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, where->end);
  if (!is_marked)
    {
      gtk_text_buffer_remove_tag_by_name (buffer, PJ_DOCUMENT_TAGS_FOCUS, &start, &end);
      return;
    }

  gtk_text_buffer_apply_tag_by_name (buffer, PJ_DOCUMENT_TAGS_FOCUS, &start, &end);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self), &start, 0.1, FALSE, 0, 0);
}

static void
focus_link (PjDocumentView *self, int i)
{
  mark_focused (self, FALSE);
  self->focused = i;
  mark_focused (self, TRUE);
  set_hint (self, i);
}

/* Returns: whether there was a further link to go to */
static gboolean
move_focus (PjDocumentView *self, int direction)
{
  int n = self->feed != NULL ? (int) pj_document_feed_count_links (self->feed) : 0;
  int next = self->focused + direction;

  if (self->focused < 0)
    next = direction > 0 ? 0 : n - 1;
  if (next < 0 || next >= n)
    {
      focus_link (self, -1);
      return FALSE;
    }

  focus_link (self, next);
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType modifiers,
                PjDocumentView *self)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return move_focus (self, (modifiers & GDK_SHIFT_MASK) != 0 ? -1 : 1);
    case GDK_KEY_ISO_Left_Tab:
      return move_focus (self, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      ask (self, self->focused);
      return self->focused >= 0;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, PjDocumentView *self)
{
  /* Whoever has marked text did not mean to open what is in it. */
  if (n_press == 1 && !gtk_text_buffer_get_has_selection (get_buffer (self)))
    ask (self, find_link_at (self, x, y));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, PjDocumentView *self)
{
  int i = find_link_at (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), i >= 0 ? "pointer" : "text");
  set_hint (self, i >= 0 ? i : self->focused);
}

static void
on_pointer_left (GtkEventControllerMotion *controller, PjDocumentView *self)
{
  set_hint (self, self->focused);
}

static void
on_focus_left (GtkEventControllerFocus *controller, PjDocumentView *self)
{
  focus_link (self, -1);
}

static void
update_colors (PjDocumentView *self)
{
  pj_document_tags_set_colors (get_buffer (self), GTK_WIDGET (self));
}

static void
on_style_changed (AdwStyleManager *manager, GParamSpec *pspec, PjDocumentView *self)
{
  update_colors (self);
}

static void
draw_bars (PjDocumentView *self,
           GtkSnapshot *snapshot,
           const GtkTextIter *line,
           const GdkRGBA *color)
{
  guint depth = pj_document_tags_get_quote_depth (line);
  int y;
  int height;

  if (depth == 0)
    return;

  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), line, &y, &height);
  for (guint i = 0; i < depth; i++)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT ((float) (PJ_DOCUMENT_TAGS_MARGIN_PX +
                                                             PJ_DOCUMENT_TAGS_QUOTE_PX * (int) i),
                                                    (float) y, BAR_PX, (float) height));
}

static void
pj_document_view_snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  GtkTextIter line;
  GdkRectangle visible;
  GdkRGBA color;
  int y;

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (view)), &color);
  color.alpha *= BAR_ALPHA;
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &line, visible.y, &y);
  do
    {
      gtk_text_view_get_line_yrange (view, &line, &y, NULL);
      draw_bars (PJ_DOCUMENT_VIEW (view), snapshot, &line, &color);
    }
  while (y < visible.y + visible.height && gtk_text_iter_forward_line (&line));
}

static void
pj_document_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pj_document_view_parent_class)->realize (widget);

  update_colors (PJ_DOCUMENT_VIEW (widget));
}

static void
pj_document_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PjDocumentView *self = PJ_DOCUMENT_VIEW (object);

  switch (id)
    {
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_HAS_HINT:
      g_value_set_boolean (value, *self->hint != '\0');
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
pj_document_view_dispose (GObject *object)
{
  pj_document_view_stop (PJ_DOCUMENT_VIEW (object));

  G_OBJECT_CLASS (pj_document_view_parent_class)->dispose (object);
}

static void
pj_document_view_finalize (GObject *object)
{
  g_free (PJ_DOCUMENT_VIEW (object)->hint);

  G_OBJECT_CLASS (pj_document_view_parent_class)->finalize (object);
}

static void
pj_document_view_class_init (PjDocumentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pj_document_view_get_property;
  object_class->dispose = pj_document_view_dispose;
  object_class->finalize = pj_document_view_finalize;
  GTK_WIDGET_CLASS (klass)->realize = pj_document_view_realize;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = pj_document_view_snapshot_layer;

  /* Where the link under the pointer, or that of the keyboard, leads */
  properties[PROP_HINT] =
      g_param_spec_string ("hint", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_HINT] = g_param_spec_boolean ("has-hint", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
add_controllers (PjDocumentView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_pointer_left), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, key);
  gtk_widget_add_controller (widget, focus);
}

static void
pj_document_view_init (PjDocumentView *self)
{
  self->hint = g_strdup ("");
  self->focused = -1;
  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (on_style_changed), self, G_CONNECT_AFTER);
}

/**
 * pj_document_view_show:
 * @self: the view
 * @document: what to show from now on
 *
 * Fills the view in small parts, so that a long mail holds up nothing.
 */
void
pj_document_view_show (PjDocumentView *self, PjMailDocument *document)
{
  g_return_if_fail (PJ_IS_DOCUMENT_VIEW (self) && document != NULL);

  pj_document_view_stop (self);
  self->document = pj_mail_document_ref (document);
  self->feed = pj_document_feed_new (get_buffer (self), document);
}

/**
 * pj_document_view_stop:
 * @self: the view
 *
 * Stops filling it. What it shows remains, but its links do not.
 */
void
pj_document_view_stop (PjDocumentView *self)
{
  g_return_if_fail (PJ_IS_DOCUMENT_VIEW (self));

  focus_link (self, -1);
  g_clear_pointer (&self->feed, pj_document_feed_free);
  g_clear_pointer (&self->document, pj_mail_document_unref);
}
